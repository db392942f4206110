"""Writing down that somebody is away for long, correcting it, and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.audit.record import record
from core.clock import now
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.leaves import policy, queries
from core.leaves.models import DAYS_TO_CATCH_UP, MOST_DAYS, Leave, LeaveKind
from core.people.models import Person
from core.people.queries import employments_of
from core.web.i18n import _


@dataclass(frozen=True)
class LeaveFields:
    """What is written down: the days (without an end until that is known), why, and how long there is to catch up afterwards."""

    kind: LeaveKind
    valid_from: date
    valid_to: date | None = None
    return_days: int = DAYS_TO_CATCH_UP
    note: str = ""


def write_leave(person: Person, fields: LeaveFields, *, by: Person) -> Leave:
    """Note that somebody is away. Raises Invalid for days out of order, outside the employment, or of another leave."""
    _insist_on_writer(person, by)
    _insist_on_days(person, fields, besides=None)
    leave = _add(person, fields, by)
    record("core.leave.written", leave, by=by, person=person, changes=_days(leave))
    return leave


def correct_leave(leave: Leave, fields: LeaveFields, *, by: Person) -> Leave:
    """Say otherwise than was written down, such as another last day. What was known before stays known. Raises WrongState once corrected."""
    _insist_on_writer(leave.person, by)
    _insist_on_standing(hold(leave))
    _insist_on_days(leave.person, fields, besides=leave)
    leave.superseded_at = now()
    session.flush()
    corrected = _add(leave.person, fields, by)
    leave.superseded_by_id = corrected.id
    session.flush()
    before, after = _days(leave), _days(corrected)
    record("core.leave.corrected", corrected, by=by, person=leave.person, changes={name: [before[name], after[name]] for name in after})
    return corrected


def take_back_leave(leave: Leave, *, by: Person) -> None:
    """Note that somebody is not away after all. Raises WrongState once corrected or taken back."""
    _insist_on_writer(leave.person, by)
    _insist_on_standing(hold(leave))
    leave.superseded_at = now()
    session.flush()
    record("core.leave.taken_back", leave, by=by, person=leave.person, changes=_days(leave))


def _add(person: Person, fields: LeaveFields, by: Person) -> Leave:
    leave = Leave(
        person=person,
        kind=fields.kind,
        valid_from=fields.valid_from,
        valid_to=fields.valid_to,
        return_days=fields.return_days,
        note=fields.note.strip(),
        recorded_by_id=by.id,
    )
    session.add(leave)
    session.flush()
    return leave


def _insist_on_writer(person: Person, by: Person) -> None:
    if not policy.can_write(by, person):
        raise NotAllowed(_("Only human resources writes leaves down, and nobody their own."))


def _insist_on_standing(leave: Leave) -> None:
    if leave.superseded_at is not None:
        raise WrongState(_("This leave has been corrected or taken back already. Look at what stands now."))


def _insist_on_days(person: Person, fields: LeaveFields, *, besides: Leave | None) -> None:
    if fields.valid_to is not None and fields.valid_to < fields.valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")
    if not 0 <= fields.return_days <= MOST_DAYS:
        raise Invalid(_("Use a number of days from %(first)d to %(last)d.", first=0, last=MOST_DAYS), field="return_days")
    employed = (row.valid_from <= fields.valid_from and (row.valid_to is None or fields.valid_from <= row.valid_to) for row in employments_of(person))
    if not any(employed):
        raise Invalid(_("This person is not employed on that day."), field="valid_from")
    other = queries.find_overlapping(person, since=fields.valid_from, until=fields.valid_to, besides=besides)
    if other is not None:
        raise Invalid(_("Another leave is written down from %(day)s. Correct that one.", day=other.valid_from.isoformat()), field="valid_from")


def _days(leave: Leave) -> dict[str, Any]:
    end = None if leave.valid_to is None else leave.valid_to.isoformat()
    return {"from": leave.valid_from.isoformat(), "to": end, "return_days": leave.return_days}
