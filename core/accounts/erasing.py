"""Erasing the way somebody signed in who is nobody any more."""

from sqlalchemy import select

from core.accounts.actions import close_account
from core.accounts.models import Account
from core.db import session
from core.people.models import Person


def erase_account(person: Person) -> None:
    """Close the person's account for good and take the address off it. Without an account nothing happens."""
    account = session.scalars(select(Account).where(Account.person_id == person.id)).one_or_none()
    if account is None:
        return
    close_account(person, by=None)
    account.email, account.password_hash = f"{person.public_id.hex}@erased.invalid", None
    session.flush()
