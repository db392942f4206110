"""Reading accounts."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from core.accounts.models import Account
from core.people.models import Person
from core.web.paging import Page, one_page


def account_holders(*, number: int) -> Page[Account]:
    """One page of accounts with their persons and roles, by name."""
    query = (
        select(Account)
        .join(Person, Person.id == Account.person_id)
        .order_by(Person.name, Account.id)
        .options(contains_eager(Account.person).selectinload(Person.grants))
    )
    return one_page(query, number=number)


def has_closed_account(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that the account of the person of this key is closed."""
    return exists().where(Account.person_id == person_id, Account.closed_at.is_not(None))
