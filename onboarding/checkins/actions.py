"""Planning check-ins, writing in them, cancelling them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.audit.record import record
from core.calendars import booking as calendar
from core.calendars.booking import Attendee
from core.calendars.models import BookingKind
from core.clock import now, today
from core.db import hold, session
from core.errors import Conflict, Invalid, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.checkins.models import WORKFLOW, CheckIn, CheckInState
from onboarding.checkins.queries import ahead, get_talking_circle
from onboarding.circle import find_standing

MOST = 13


@dataclass(frozen=True)
class Rhythm:
    """When the talks are: the first by the clock of a zone, then every so many days at the same time of day."""

    first: datetime
    zone: str
    every: int = 0
    times: int = 1
    minutes: int = 30

    def instants(self) -> list[datetime]:
        """The beginnings. Nine o'clock stays nine o'clock over a change of the clock."""
        zone = ZoneInfo(self.zone)
        times = self.times if self.every else 1
        return [(self.first + timedelta(days=self.every * number)).replace(tzinfo=zone).astimezone(UTC) for number in range(times)]


def plan_check_ins(person: Person, rhythm: Rhythm, *, place: str, agenda: str, by: Person) -> tuple[list[CheckIn], list[str]]:
    """Plan talks and invite both; answers those planned, and a sentence for each time at which somebody is busy.

    Raises Conflict when none can be.
    """
    circle = get_talking_circle(person.public_id, viewer=by)
    manager = circle.manager or by
    if manager.id == circle.person.id:
        raise WrongState(_("There is no manager to meet. Human resources names one in the directory."))
    if not 1 <= rhythm.times <= MOST:
        raise Invalid(_("Plan from 1 to %(most)d talks at once.", most=MOST), field="times")
    if not place.strip():
        raise Invalid(_("Say where you meet, or give the link of the meeting."), field="place")
    series, planned, busy = uuid4(), [], []
    for starts_at in rhythm.instants():
        try:
            with session.begin_nested():
                planned.append(_plan(circle.person, manager, starts_at, rhythm, place=place, agenda=agenda, series=series, by=by))
        except Conflict as refusal:
            busy.append(str(refusal.sentence))
    if not planned:
        raise Conflict(" ".join(busy[:3]))
    return planned, busy


def _plan(person: Person, manager: Person, starts_at: datetime, rhythm: Rhythm, *, place: str, agenda: str, series: object, by: Person) -> CheckIn:
    is_link = place.strip().startswith(("https://", "http://"))
    booked = calendar.book(
        _("Check-in: %(person)s and %(manager)s", person=person.name, manager=manager.name),
        kind=BookingKind.MEETING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=rhythm.minutes),
        time_zone=rhythm.zone,
        attendees=[Attendee(person), Attendee(manager)],
        organiser=by,
        place="" if is_link else place,
        meeting_url=place if is_link else "",
        by=by,
    )
    check_in = CheckIn(person_id=person.id, manager_id=manager.id, booking_id=booked.id, series=series, starts_at=starts_at, agenda=agenda.strip())
    session.add(check_in)
    session.flush()
    record("onboarding.check_in.planned", check_in, by=by, person=person, changes={"starts_at": starts_at.isoformat()})
    return check_in


def write_check_in(check_in: CheckIn, *, agenda: str, notes: str, version: int, by: Person) -> None:
    """Keep agenda and notes. Raises Conflict when the other has written in the meantime."""
    hold(check_in)
    if check_in.version != version:
        raise Conflict(_("The other of you has written here in the meantime. What you typed is still here: compare, then save again."))
    if (check_in.agenda, check_in.notes) == (agenda, notes):
        return
    check_in.agenda, check_in.notes = agenda, notes
    session.flush()
    record("onboarding.check_in.written", check_in, by=by, person=check_in.person)


def cancel_check_in(check_in: CheckIn, *, reason: str, by: Person | None) -> None:
    """Call a talk off and say why; both get the cancellation. What was written stays."""
    hold(check_in)
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    WORKFLOW.insist(check_in.state, CheckInState.CANCELLED, sentence=_("This check-in was cancelled already."))
    if check_in.starts_at <= now():
        raise WrongState(_("This check-in has begun already. Write in its notes how it went."))
    calendar.release(check_in.booking, reason=reason.strip()[:1000], by=by)
    check_in.state = CheckInState.CANCELLED
    session.flush()
    record("onboarding.check_in.cancelled", check_in, by=by, person=check_in.person)


def follow_managers() -> None:
    """Call off talks with somebody who is not the new hire's manager any more; the new one plans their own."""
    for check_in in ahead(now()):
        employment = find_standing(check_in.person, on=today(check_in.person.time_zone))
        if employment is None or (employment.manager_id is not None and employment.manager_id != check_in.manager_id):
            cancel_check_in(check_in, reason=_("The manager has changed."), by=None)
