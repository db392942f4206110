"""Who a session cookie belongs to."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.accounts.models import Account
from core.db import session
from core.people.models import Person


def load_account(key: str) -> Account | None:
    """The account behind a session's key, with its person and their roles, in one statement; None when it may not be used any more."""
    try:
        public_id, stamp = (UUID(hex=part) for part in key.split("."))
    except ValueError:
        return None
    query = select(Account).where(Account.public_id == public_id).options(joinedload(Account.person).joinedload(Person.grants))
    account = session.scalars(query).unique().one_or_none()
    if account is None or not account.is_active or account.stamp != stamp:
        return None
    return account
