"""Asking somebody by hand to look at their late tasks: one mail, at most once a day, and never in the evening."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.audit.record import record
from core.clock import now, today
from core.db import insert_into, session
from core.errors import Conflict, NotAllowed, WrongState
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.checklists.models import Task
from onboarding.reminders import mails
from onboarding.reminders.models import Nudge
from onboarding.reminders.queries import find_nudge

OPENS, CLOSES, SATURDAY = time(7), time(20), 5


def nudge(owner: Person, tasks: Sequence[Task], *, by: Person) -> None:
    """Remind the owner of late tasks. Raises Conflict when they were reminded today already. Needs the tasks' new hires."""
    if not by.may(Right.SEE_ONBOARDING) or by.may(Right.SEE_AUDIT):
        raise NotAllowed(_("Only human resources and managers remind others."))
    if not tasks:
        raise WrongState(_("%(name)s has nothing late any more.", name=owner.name))
    day = today(owner.time_zone)
    values = {"owner_id": owner.id, "day": day, "at": now(), "by_id": by.id, "public_id": uuid4()}
    made = session.execute(insert_into(Nudge).values(**values).on_conflict_do_nothing().returning(Nudge.id)).one_or_none()
    if made is None:
        before = find_nudge(owner, day=day)
        raise Conflict(_("%(name)s was reminded today already, by %(who)s.", name=owner.name, who=before.by.name if before and before.by else "–"))
    row = session.get_one(Nudge, made.id)
    record("onboarding.nudge.sent", row, by=by, person=owner, changes={"tasks": len(tasks)})
    mails.onboarding_nudge(owner, tasks, by=by, send_at=waking_hour(owner, at=now()))


def waking_hour(person: Person, *, at: datetime) -> datetime | None:
    """When the person may be written to, at the earliest: None for at once, else the next morning of a weekday on their clock."""
    zone = ZoneInfo(person.time_zone)
    local = at.astimezone(zone)
    if local.weekday() < SATURDAY and OPENS <= local.time() < CLOSES:
        return None
    day: date = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=zone)
