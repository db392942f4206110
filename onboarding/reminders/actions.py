"""The daily mail: one a person and day, in their language, in their morning; and how it is set."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import training.public
from core.audit.record import record
from core.clock import now, today
from core.db import insert_into, session
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.people.queries import places_of, time_zones
from core.web.i18n import _
from onboarding.checklists.policy import can_run
from onboarding.reminders.gathering import gather, people_by_key, people_concerned
from onboarding.reminders.mails import onboarding_digest
from onboarding.reminders.models import Digest, DigestChoice, ReminderSettings
from onboarding.reminders.mornings import is_morning, is_morning_somewhere
from onboarding.reminders.queries import choices_of, digests_on, find_choice, find_reminder_settings, reminder_settings
from onboarding.templates.actions import insist_on_version

ALLOWED = {"escalate_after_days": (1, 60), "hr_after_days": (1, 90), "soon_days": (0, 14)}


def people_due() -> list[int]:
    """Inner keys of those whose morning it is, who have not had their mail of the day, and to whom there is something to say."""
    at = now()
    if not is_morning_somewhere(at, time_zones()):
        return []  # looking through everybody costs seconds, half of the day for nothing
    keys = sorted(people_concerned(reminder_settings(), on=today(), at=at) | training.public.people_to_remind(on=today()))
    if not keys:
        return []
    people = people_by_key(keys)
    choices, places = choices_of(keys), places_of(people, on=today())
    awake = {
        person.id: today(person.time_zone) for person in people if is_morning(at, person.time_zone, choices.get(person.id), places.get(person.id))
    }
    had = digests_on(set(awake.values()))
    return [key for key, day in awake.items() if (key, day) not in had]


def write_digests(keys: Sequence[int]) -> int:
    """Write the mails of these people for today; whoever has had theirs gets none. Answers how many were written.

    The row of the day is written first and in the same transaction, so that neither a second run nor a second worker doubles a mail. What is
    said of required training is noted in it too, and nobody's choice leaves that out.
    """
    if not keys:
        return 0
    at, settings = now(), reminder_settings()
    people = {person.id: person for person in people_by_key(keys)}
    days = _claim({key: today(person.time_zone) for key, person in people.items()})
    if not days:
        return 0
    choices, written, required = choices_of(list(days)), 0, training.public.reminders_for(days)
    for key, found in gather(days, settings, at=at).items():
        choice = choices.get(key)
        if choice is not None and not choice.wants_soon:
            found.soon.clear()
        if choice is not None and not choice.wants_others:
            found.others.clear()
        if found.lines or key in required:
            onboarding_digest(people[key], found, on=days[key], required=required.get(key, ()))
            written += 1
    training.public.note_reminded(required, days)
    return written


def _claim(days: dict[int, date]) -> dict[int, date]:
    """Those of the people who had no mail on their day yet, marked as having had it."""
    rows = [{"person_id": key, "day": day, "lines": 0, "written_at": now(), "public_id": uuid4()} for key, day in sorted(days.items())]
    statement = insert_into(Digest).values(rows).on_conflict_do_nothing(index_elements=["person_id", "day"]).returning(Digest.person_id)
    mine = set(session.scalars(statement))
    return {key: day for key, day in days.items() if key in mine}


def set_reminders(*, escalate_after_days: int, hr_after_days: int, soon_days: int, version: int, by: Person) -> None:
    """Say when others hear of late tasks, and how early tasks are announced."""
    if not can_run(by):
        raise NotAllowed(_("Only human resources sets this."))
    values = {"escalate_after_days": escalate_after_days, "hr_after_days": hr_after_days, "soon_days": soon_days}
    for name, (first, last) in ALLOWED.items():
        if not first <= values[name] <= last:
            raise Invalid(_("Use a number of days from %(first)d to %(last)d.", first=first, last=last), field=name)
    row = find_reminder_settings()
    if row is None:
        row = ReminderSettings()
        session.add(row)
    else:
        insist_on_version(row.version, version)
    row.escalate_after_days, row.hr_after_days, row.soon_days = escalate_after_days, hr_after_days, soon_days
    session.flush()
    record("onboarding.reminders.set", row, by=by, changes=values)


def choose_digest(person: Person, *, hour: int, wants_soon: bool, wants_others: bool, on_weekends: bool) -> None:
    """Keep how a person wants their daily mail."""
    if not 5 <= hour <= 11:
        raise Invalid(_("Choose an hour of the morning."), field="hour")
    row = find_choice(person)
    if row is None:
        row = DigestChoice(person_id=person.id)
        session.add(row)
    row.hour, row.wants_soon, row.wants_others, row.on_weekends = hour, wants_soon, wants_others, on_weekends
    session.flush()
    changes = {"hour": hour, "soon": wants_soon, "others": wants_others, "weekends": on_weekends}
    record("onboarding.digest.chosen", row, by=person, person=person, changes=changes)
