"""Booking people and rooms: the one place in which interviews, shadowing and sessions take their time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy.orm.attributes import set_committed_value

from core.audit.record import record
from core.calendars import mails
from core.calendars.models import BOOKING_WORKFLOW, Answer, Booking, BookingAttendee, BookingKind, BookingState, Room
from core.calendars.occupying import insist_free, occupy, shift, vacate
from core.calendars.queries import attendees_of, bookings_of, busy, find_seat, get_booking, hold_booking
from core.clock import now
from core.db import session
from core.errors import Invalid, NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _

__all__ = ["Attendee", "answer_booking", "book", "bookings_of", "busy", "change_attendees", "get_booking", "move", "release"]


@dataclass(frozen=True)
class Attendee:
    """Who is to come. An optional one is invited, but neither takes nor needs free time. `note` is told to this attendee only.

    Who is to be asked again is asked even though they have declined.
    """

    person: Person
    optional: bool = False
    note: str = ""
    ask_again: bool = False


def book(
    title: str,
    *,
    kind: BookingKind,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    attendees: Sequence[Attendee],
    organiser: Person,
    by: Person | None,
    place: str = "",
    meeting_url: str = "",
    description: str = "",
    note: str = "",
    room: Room | None = None,
    subject_id: UUID | None = None,
    past_allowed: bool = False,
) -> Booking:
    """Take the time of the attendees and invite each by mail.

    `title`, `description`, `place`, `meeting_url` and `note` are read by every attendee, candidates included. Raises Conflict naming who is
    busy and when, Invalid for times that cannot be. `past_allowed` records what has been held already and mails nobody then.
    """
    _insist_times(starts_at, ends_at, time_zone, past_allowed=past_allowed)
    _insist_attendees(attendees)
    required = [attendee.person for attendee in attendees if not attendee.optional]
    insist_free(required, room, starts_at=starts_at, ends_at=ends_at, zone=time_zone)
    booking = Booking(
        kind=kind,
        title=_title(title),
        description=description.strip(),
        note=note.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=time_zone,
        place=" ".join(place.split()),
        meeting_url=_meeting_url(meeting_url),
        organiser=organiser,
        room=room,
        subject_id=subject_id,
        sequence=0,
        attendees=[BookingAttendee(person=attendee.person, optional=attendee.optional, note=attendee.note) for attendee in attendees],
    )
    session.add(booking)
    session.flush()
    occupy(booking, required, room)
    changes = {"kind": kind.value, **_times(booking), "attendees": [str(attendee.person.public_id) for attendee in attendees]}
    record("core.booking.made", booking, by=by, changes=changes)
    mails.invitation(booking, booking.attendees)
    return booking


def move(booking: Booking, *, starts_at: datetime, ends_at: datetime, by: Person | None, past_allowed: bool = False) -> None:
    """Give the booking another time and ask everyone anew. Raises Conflict naming who is busy and when; WrongState when cancelled."""
    hold_booking(booking)
    _insist_standing(booking)
    _insist_times(starts_at, ends_at, booking.time_zone, past_allowed=past_allowed)
    if (booking.starts_at, booking.ends_at) == (starts_at, ends_at):
        return
    invited = attendees_of(booking)
    required = [attendee.person for attendee in invited if not attendee.optional]
    room = None if booking.room_id is None else session.get_one(Room, booking.room_id)
    insist_free(required, room, starts_at=starts_at, ends_at=ends_at, zone=booking.time_zone, besides=booking)
    before = _times(booking)
    booking.starts_at, booking.ends_at = starts_at, ends_at
    booking.sequence += 1
    declined = [attendee.person for attendee in invited if attendee.answer is Answer.DECLINED and not attendee.optional]
    for attendee in invited:
        attendee.answer, attendee.answered_at = Answer.NEEDS_ACTION, None
    shift(booking)
    occupy(booking, declined)  # the new time is asked of them as well
    record("core.booking.moved", booking, by=by, changes={key: [before[key], value] for key, value in _times(booking).items()})
    mails.change(booking, invited)


def release(booking: Booking, *, reason: str, by: Person | None, unsaid_to: Sequence[Person] = ()) -> None:
    """Cancel the booking, give everyone's time back and tell them. Colleagues read the reason, outsiders and those it is `unsaid_to` do not."""
    hold_booking(booking)
    BOOKING_WORKFLOW.insist(booking.state, BookingState.CANCELLED, sentence=_("This booking has been cancelled already."))
    invited = attendees_of(booking)
    booking.state, booking.cancelled_at, booking.cancel_reason = BookingState.CANCELLED, now(), reason.strip()
    booking.sequence += 1
    vacate(booking)
    # the reason is free text about people: it stays on the row, where it can be erased, and out of the trail
    record("core.booking.released", booking, by=by, changes={"state": [BookingState.CONFIRMED.value, BookingState.CANCELLED.value]})
    mails.cancellation(booking, invited, whole=True, unsaid_to=unsaid_to)


def change_attendees(booking: Booking, attendees: Sequence[Attendee], *, by: Person | None) -> None:
    """Make these the attendees: invites the new ones, tells those removed that they need not come, and brings the others up to date."""
    hold_booking(booking)
    _insist_standing(booking)
    _insist_attendees(attendees)
    present = {row.person_id: row for row in attendees_of(booking)}
    wanted = {attendee.person.id: attendee for attendee in attendees}
    removed = [row for key, row in present.items() if key not in wanted]
    unchanged = {key for key, row in present.items() if key in wanted and _stays(row, wanted[key])}
    if not removed and len(unchanged) == len(wanted):
        return
    now_required = [wanted[key].person for key in wanted if key not in unchanged and not wanted[key].optional]
    no_longer = [row.person for row in removed] + [wanted[key].person for key in wanted if key not in unchanged and wanted[key].optional]
    insist_free(now_required, None, starts_at=booking.starts_at, ends_at=booking.ends_at, zone=booking.time_zone, besides=booking)
    for row in removed:
        row.removed_at = now()
    vacate(booking, no_longer)
    invited = [_seat(booking, attendee) for attendee in attendees]
    booking.sequence += 1
    occupy(booking, now_required)
    set_committed_value(booking, "attendees", invited)
    changes = {
        "added": [str(wanted[key].person.public_id) for key in wanted if key not in present],
        "removed": [str(row.person.public_id) for row in removed],
    }
    record("core.booking.attendees_changed", booking, by=by, changes=changes)
    mails.change(booking, [row for row in invited if row.person_id in present], time_changed=False)
    mails.invitation(booking, [row for row in invited if row.person_id not in present])
    mails.cancellation(booking, removed, whole=False)


def answer_booking(booking: Booking, person: Person, *, answer: Answer, by: Person | None) -> None:
    """Keep what an attendee says to the invitation. Who declines has the time back, and the organiser is told; who comes after all needs it free."""
    hold_booking(booking)
    _insist_standing(booking)
    if booking.ends_at <= now():
        raise WrongState(_("This is over. Nobody can say any more whether they come."))
    row = next((row for row in attendees_of(booking) if row.person_id == person.id), None)
    if row is None:
        raise NotFound
    before = row.answer
    if before is answer:
        return
    if not row.optional and answer is Answer.DECLINED:
        vacate(booking, [person])
    elif not row.optional and before is Answer.DECLINED:
        insist_free([person], None, starts_at=booking.starts_at, ends_at=booking.ends_at, zone=booking.time_zone, besides=booking)
        occupy(booking, [person])
    row.answer, row.answered_at = answer, now()
    record("core.booking.answered", booking, by=by, person=person, changes={"answer": [before.value, answer.value]})
    if answer is Answer.DECLINED and not row.optional and person.id != booking.organiser_id:
        mails.declined(booking, row)


def _seat(booking: Booking, attendee: Attendee) -> BookingAttendee:
    """The attendee's row: the one there was, also when removed before, or a new one."""
    row = find_seat(booking, attendee.person)
    if row is None:
        row = BookingAttendee(booking_id=booking.id, person_id=attendee.person.id, person=attendee.person, answer=Answer.NEEDS_ACTION)
        session.add(row)
    if row.removed_at is not None or not _stays(row, attendee):
        row.removed_at, row.answer, row.answered_at = None, Answer.NEEDS_ACTION, None
    row.optional, row.note = attendee.optional, attendee.note
    return row


def _stays(row: BookingAttendee, wanted: Attendee) -> bool:
    """Whether what the attendee has been asked, and has said, goes on holding."""
    return row.optional == wanted.optional and not (wanted.ask_again and row.answer is Answer.DECLINED)


def _insist_standing(booking: Booking) -> None:
    if booking.state is not BookingState.CONFIRMED:
        raise WrongState(_("This booking has been cancelled. Make a new one."))


def _insist_times(starts_at: datetime, ends_at: datetime, time_zone: str, *, past_allowed: bool) -> None:
    if time_zone not in available_timezones():
        raise Invalid(_("%(name)s is not a time zone we know. Choose one such as America/Sao_Paulo.", name=time_zone), field="time_zone")
    if ends_at <= starts_at:
        raise Invalid(_("The end must lie after the start."), field="ends_at")
    if starts_at < now() and not past_allowed:
        raise Invalid(_("This time lies in the past. Choose a later one."), field="starts_at")


def _insist_attendees(attendees: Sequence[Attendee]) -> None:
    if not attendees:
        raise Invalid(_("Choose at least one person to attend."), field="attendees")
    if len({attendee.person.id for attendee in attendees}) < len(attendees):
        raise Invalid(_("Each person can attend only once."), field="attendees")


def _title(title: str) -> str:
    tidy = " ".join(title.split())
    if not tidy:
        raise Invalid(_("Give the booking a title."), field="title")
    return tidy


def _meeting_url(address: str) -> str:
    address = address.strip()
    if address and (not address.startswith(("https://", "http://")) or any(character.isspace() for character in address)):
        raise Invalid(_("The address of the meeting must begin with https://."), field="meeting_url")
    return address


def _times(booking: Booking) -> dict[str, str]:
    return {"starts_at": booking.starts_at.isoformat(), "ends_at": booking.ends_at.isoformat()}
