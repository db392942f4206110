"""Reading reminders: settings, choices, and what has been sent."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from core.people.models import Person
from onboarding.reminders.models import Digest, DigestChoice, Nudge, ReminderSettings


def find_reminder_settings() -> ReminderSettings | None:
    """What human resources has set, if they have."""
    return session.scalars(select(ReminderSettings).order_by(ReminderSettings.id).limit(1)).one_or_none()


def reminder_settings() -> ReminderSettings:
    """What human resources has set, or what holds until then (a row that is not kept)."""
    return find_reminder_settings() or ReminderSettings(escalate_after_days=3, hr_after_days=7, soon_days=3, version=0)


def find_choice(person: Person) -> DigestChoice | None:
    """How the person wants their daily mail, if they have said so."""
    return session.scalars(select(DigestChoice).where(DigestChoice.person_id == person.id)).one_or_none()


def find_nudge(owner: Person, *, day: date) -> Nudge | None:
    """That the owner was reminded on the day, with who did."""
    return session.scalars(select(Nudge).where(Nudge.owner_id == owner.id, Nudge.day == day).options(joinedload(Nudge.by))).one_or_none()


def nudged_on(day: date) -> set[str]:
    """Public ids of those who were reminded on the day."""
    query = select(Person.public_id).join(Nudge, Nudge.owner_id == Person.id).where(Nudge.day == day)
    return {str(key) for key in session.scalars(query.order_by(Person.id))}


def choices_of(keys: Collection[int]) -> dict[int, DigestChoice]:
    """What these people have said about their daily mail, by inner key."""
    query = select(DigestChoice).where(DigestChoice.person_id.in_(keys)).order_by(DigestChoice.person_id)
    return {row.person_id: row for row in session.scalars(query)}


def digests_on(days: Collection[date]) -> set[tuple[int, date]]:
    """Who has had the mail of each of the days: (inner key, day)."""
    query = select(Digest.person_id, Digest.day).where(Digest.day.in_(days)).order_by(Digest.id)
    return {(key, day) for key, day in session.execute(query)}
