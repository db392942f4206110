"""Reading who has gone."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from core.accounts.models import Account
from core.db import session
from core.people.models import Employment, Person


def people_gone(*, on: date) -> Sequence[tuple[Person, date]]:
    """Those whose account is still open although their last employment ended before the day, with their last day."""
    holds = select(Employment.person_id).where(Employment.superseded_at.is_(None), or_(Employment.valid_to.is_(None), Employment.valid_to >= on))
    query = (
        select(Person, func.max(Employment.valid_to))
        .join(Employment, Employment.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(Account.closed_at.is_(None), Employment.superseded_at.is_(None), Person.id.not_in(holds))
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return [(person, last_day) for person, last_day in session.execute(query) if last_day is not None]
