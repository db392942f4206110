"""Reading accounts."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

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
