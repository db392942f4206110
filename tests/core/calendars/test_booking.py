"""Booking, moving and releasing people's time."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.audit.models import AuditEvent
from core.calendars.booking import Attendee, answer_booking, book, bookings_of, busy, change_attendees, get_booking, move, release
from core.calendars.feeds import feed_content, renew_feed
from core.calendars.free_slots import Interval, WorkingHours
from core.calendars.messages import uid_of
from core.calendars.models import Answer, Booking, BookingKind, BookingState, Occupancy, Room
from core.calendars.queries import free_times
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotFound, WrongState
from core.mail.models import OutgoingMail
from core.people.models import Location, Person
from core.people.rights import Role
from tests.factories import make_location, make_person

HOUR = timedelta(hours=1)
ZONE = "America/Sao_Paulo"
TWO_O_CLOCK = datetime(2031, 12, 3, 17, tzinfo=UTC)  # a Wednesday, 14:00 in São Paulo


@pytest.fixture
def ana(app: Flask) -> Person:
    return make_person("Ana Lima", roles=(Role.RECRUITER,))


@pytest.fixture
def bruno(app: Flask) -> Person:
    return make_person("Bruno Reis", roles=(Role.INTERVIEWER,))


@pytest.fixture
def candidate(app: Flask) -> Person:
    return make_person("Célia Prado")


def meet(*people: Person, starts_at: datetime = TWO_O_CLOCK, title: str = "Conversation", **more: object) -> Booking:
    values: dict[str, object] = {
        "kind": BookingKind.INTERVIEW,
        "starts_at": starts_at,
        "ends_at": starts_at + HOUR,
        "time_zone": ZONE,
        "attendees": [Attendee(person) for person in people],
        "organiser": people[0],
        "by": people[0],
    }
    return book(title, **(values | more))  # type: ignore[arg-type]


def event_in(mail: OutgoingMail) -> tuple[str, Event]:
    calendar = Calendar.from_ical(calendar_of(mail))
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def calendar_of(mail: OutgoingMail) -> bytes:
    assert mail.calendar is not None
    return mail.calendar


def mails_to(person: Person) -> Sequence[OutgoingMail]:
    """The person's mails, in the order they were written."""
    session.flush()
    return session.scalars(select(OutgoingMail).where(OutgoingMail.person_id == person.id).order_by(OutgoingMail.id)).all()


def test_a_booking_takes_the_time_of_everyone_who_must_come(ana: Person, bruno: Person, candidate: Person) -> None:
    meet(ana, bruno, attendees=[Attendee(ana), Attendee(bruno, optional=True)])
    taken = busy([ana, bruno, candidate], starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR)
    assert taken == {ana.id: [(TWO_O_CLOCK, TWO_O_CLOCK + HOUR)], bruno.id: [], candidate.id: []}


def test_a_second_booking_at_the_same_time_is_refused_naming_who_and_when_but_not_what(ana: Person, bruno: Person) -> None:
    meet(ana, title="Salary talk")
    with pytest.raises(Conflict) as refusal:
        meet(bruno, ana, starts_at=TWO_O_CLOCK + HOUR / 2)
    assert refusal.value.sentence == "Ana Lima is busy on 3 Dec, 14:00–15:00 (America/Sao_Paulo)."


def test_the_refusal_speaks_in_the_zone_of_the_new_booking(ana: Person) -> None:
    meet(ana)
    with pytest.raises(Conflict, match=r"3 Dec, 17:00–18:00 \(Europe/Lisbon\)"):
        meet(ana, time_zone="Europe/Lisbon")


def test_times_are_offered_when_everyone_is_free(ana: Person, bruno: Person) -> None:
    meet(ana)
    meet(bruno, starts_at=TWO_O_CLOCK + HOUR)
    hours = [WorkingHours(ZONE, time(13), time(17))]
    offered = free_times([ana, bruno], working_hours=hours, window=Interval(TWO_O_CLOCK - 9 * HOUR, TWO_O_CLOCK + 9 * HOUR), length=HOUR)
    assert [slot.starts_at for slot in offered] == [TWO_O_CLOCK - HOUR, TWO_O_CLOCK + 2 * HOUR]


def test_bookings_may_touch(ana: Person) -> None:
    meet(ana)
    meet(ana, starts_at=TWO_O_CLOCK + HOUR)
    meet(ana, starts_at=TWO_O_CLOCK - HOUR)
    assert len(bookings_of(ana, starts_at=TWO_O_CLOCK - HOUR, ends_at=TWO_O_CLOCK + 2 * HOUR)) == 3
    assert len(bookings_of(ana, starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR)) == 1


@pytest.mark.parametrize("shift", [timedelta(0), HOUR / 2, -HOUR / 2])
def test_the_table_itself_refuses_an_overlap(ana: Person, shift: timedelta) -> None:
    booking = meet(ana)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Occupancy(booking_id=booking.id, person_id=ana.id, starts_at=TWO_O_CLOCK + shift, ends_at=TWO_O_CLOCK + HOUR + shift))


def test_the_table_refuses_a_change_into_an_overlap(ana: Person) -> None:
    meet(ana)
    later = meet(ana, starts_at=TWO_O_CLOCK + HOUR)
    row = session.scalars(select(Occupancy).where(Occupancy.booking_id == later.id)).one()
    with pytest.raises(IntegrityError), session.begin_nested():
        row.starts_at = TWO_O_CLOCK
        session.flush()


def test_a_room_is_booked_once(ana: Person, bruno: Person) -> None:
    location: Location = make_location()
    room = Room(name="Sala 1", location=location, capacity=4)
    session.add(room)
    session.flush()
    booking = meet(ana, room=room)
    with pytest.raises(Conflict, match="The room Sala 1 is taken on 3 Dec"):
        meet(bruno, room=room)
    release(booking, reason="", by=ana)
    meet(bruno, room=room)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": TWO_O_CLOCK}, "ends_at"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc"}, "time_zone"),
        ({"attendees": []}, "attendees"),
        ({"title": " \n "}, "title"),
        ({"meeting_url": "javascript:alert(1)"}, "meeting_url"),
        ({"meeting_url": "https://x.test/ a"}, "meeting_url"),
        ({"starts_at": datetime(2020, 1, 1, tzinfo=UTC)}, "starts_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(ana: Person, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        meet(ana, **({"title": "Conversation"} | change))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_nobody_is_invited_twice_to_one_booking(ana: Person) -> None:
    with pytest.raises(Invalid, match="only once"):
        meet(ana, ana)


def test_what_was_held_can_be_recorded_and_mails_nobody(ana: Person) -> None:
    meet(ana, starts_at=now() - timedelta(days=2), past_allowed=True)
    assert mails_to(ana) == []


def test_time_kept_free_mails_nobody(ana: Person) -> None:
    meet(ana, kind=BookingKind.BLOCK)
    assert mails_to(ana) == []
    with pytest.raises(Conflict):
        meet(ana)


def test_each_attendee_gets_an_invitation_for_their_calendar(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno, title="First\r\ninterview", place="Av. Paulista, 1000", note="Bring a document.")
    for person in (ana, bruno):
        (mail,) = mails_to(person)
        method, event = event_in(mail)
        assert method == mail.calendar_method == "REQUEST"
        assert (event["UID"], event["SEQUENCE"], event["SUMMARY"]) == (uid_of(booking), 0, "First interview")
        assert event.decoded("DTSTART") == TWO_O_CLOCK
        assert "Bring a document." in event["DESCRIPTION"]
        assert event["ORGANIZER"].params["CN"] == "Ana Lima"
        assert "Bring a document." in mail.text
        assert "14:00" in mail.text


def test_a_candidate_sees_no_address_but_their_own_and_no_note_for_others(ana: Person, bruno: Person, candidate: Person) -> None:
    meet(ana, attendees=[Attendee(ana), Attendee(bruno, note="Ask about the gap in 2019."), Attendee(candidate, note="We look forward to you.")])
    (mail,) = mails_to(candidate)
    _method, event = event_in(mail)
    everything = mail.text + mail.html + calendar_of(mail).decode()
    assert event["ATTENDEE"] == f"mailto:{candidate.email}"
    assert bruno.email not in everything
    assert "gap in 2019" not in everything
    assert "We look forward" in everything
    assert "/calendar" not in mail.text
    (other,) = mails_to(bruno)
    assert len(event_in(other)[1]["ATTENDEE"]) == 3
    assert "gap in 2019" in other.text
    assert "/calendar?starting=2031-12-03" in other.text


def test_the_mail_says_the_readers_own_time_when_it_differs(ana: Person, bruno: Person) -> None:
    bruno.time_zone, bruno.locale = "Europe/Lisbon", "en"
    meet(ana, bruno)
    (mail,) = mails_to(bruno)
    assert "14:00–15:00 (America/Sao_Paulo)" in mail.text
    assert "17:00–18:00 (Europe/Lisbon)" in mail.text
    (own,) = mails_to(ana)
    assert own.text.count("14:00") == 1


def test_moving_keeps_the_uid_raises_the_sequence_and_asks_anew(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    answer_booking(booking, bruno, answer=Answer.ACCEPTED, by=bruno)
    move(booking, starts_at=TWO_O_CLOCK + HOUR / 2, ends_at=TWO_O_CLOCK + 2 * HOUR, by=ana)
    method, event = event_in(mails_to(bruno)[-1])
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", uid_of(booking), 1)
    assert event.decoded("DTEND") == TWO_O_CLOCK + 2 * HOUR
    fresh = get_booking(booking.public_id, viewer=bruno)
    assert {attendee.answer for attendee in fresh.attendees} == {Answer.NEEDS_ACTION}
    assert busy([ana], starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR)[ana.id] == [(TWO_O_CLOCK + HOUR / 2, TWO_O_CLOCK + 2 * HOUR)]


def test_moving_onto_a_taken_time_is_refused_and_nothing_changes(ana: Person, bruno: Person) -> None:
    meet(bruno, starts_at=TWO_O_CLOCK + HOUR)
    booking = meet(ana, bruno)
    with pytest.raises(Conflict, match="Bruno Reis is busy on 3 Dec, 15:00–16:00"):
        move(booking, starts_at=TWO_O_CLOCK + HOUR / 2, ends_at=TWO_O_CLOCK + 3 * HOUR / 2, by=ana)
    assert (booking.starts_at, booking.sequence) == (TWO_O_CLOCK, 0)


def test_moving_to_the_same_time_tells_nobody(ana: Person) -> None:
    booking = meet(ana)
    move(booking, starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR, by=ana)
    assert booking.sequence == 0
    assert len(mails_to(ana)) == 1


def test_releasing_frees_the_time_and_cancels_with_a_higher_sequence(ana: Person, candidate: Person) -> None:
    booking = meet(ana, candidate)
    release(booking, reason="The position is filled", by=ana)
    assert (booking.state, booking.sequence) == (BookingState.CANCELLED, 1)
    assert busy([ana], starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR)[ana.id] == []
    mail = mails_to(candidate)[-1]
    method, event = event_in(mail)
    assert (method, event["STATUS"], event["UID"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", uid_of(booking), 1)
    assert mail.calendar_method == "CANCEL"
    assert "position is filled" not in mail.text
    assert "position is filled" in mails_to(ana)[-1].text
    meet(ana)


def test_a_cancelled_booking_can_neither_be_moved_nor_cancelled_again(ana: Person) -> None:
    booking = meet(ana)
    release(booking, reason="", by=ana)
    with pytest.raises(WrongState):
        move(booking, starts_at=TWO_O_CLOCK + HOUR, ends_at=TWO_O_CLOCK + 2 * HOUR, by=ana)
    with pytest.raises(WrongState):
        release(booking, reason="", by=ana)
    with pytest.raises(WrongState):
        change_attendees(booking, [Attendee(ana)], by=ana)


def test_replacing_one_attendee_updates_who_stays_invites_the_new_and_uninvites_the_old(ana: Person, bruno: Person) -> None:
    dora = make_person("Dora Maia", roles=(Role.INTERVIEWER,))
    booking = meet(ana, bruno)
    change_attendees(booking, [Attendee(ana), Attendee(dora)], by=ana)
    assert [attendee.person_id for attendee in booking.attendees] == [ana.id, dora.id]
    method, gone = event_in(mails_to(bruno)[-1])
    assert (method, gone["SEQUENCE"], gone["ATTENDEE"]) == ("CANCEL", 1, f"mailto:{bruno.email}")
    assert "STATUS" not in gone
    for person in (ana, dora):
        method, event = event_in(mails_to(person)[-1])
        assert (method, event["SEQUENCE"]) == ("REQUEST", 1)
    taken = busy([ana, bruno, dora], starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + HOUR)
    assert {key for key, intervals in taken.items() if intervals} == {ana.id, dora.id}


def test_who_was_removed_can_be_invited_again(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    change_attendees(booking, [Attendee(ana)], by=ana)
    change_attendees(booking, [Attendee(ana), Attendee(bruno, optional=True)], by=ana)
    assert booking.sequence == 2
    fresh = get_booking(booking.public_id, viewer=None)
    assert [(attendee.person_id, attendee.optional) for attendee in fresh.attendees] == [(ana.id, False), (bruno.id, True)]


def test_a_busy_person_cannot_be_added(ana: Person, bruno: Person) -> None:
    meet(bruno)
    booking = meet(ana)
    with pytest.raises(Conflict, match="Bruno Reis is busy"):
        change_attendees(booking, [Attendee(ana), Attendee(bruno)], by=ana)


def test_who_declines_has_the_time_back_and_needs_it_free_to_come_after_all(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    answer_booking(booking, bruno, answer=Answer.DECLINED, by=bruno)
    meet(bruno, starts_at=TWO_O_CLOCK)
    with pytest.raises(Conflict, match="Bruno Reis is busy"):
        answer_booking(booking, bruno, answer=Answer.ACCEPTED, by=bruno)


def test_what_was_said_goes_on_holding_when_only_who_comes_changes(ana: Person, bruno: Person, candidate: Person) -> None:
    booking = meet(ana, bruno)
    answer_booking(booking, bruno, answer=Answer.ACCEPTED, by=bruno)
    change_attendees(booking, [Attendee(ana), Attendee(bruno), Attendee(candidate)], by=ana)
    said = {each.lower(): each.params for each in event_in(mails_to(bruno)[-1])[1]["ATTENDEE"]}
    assert (said[f"mailto:{bruno.email}"]["PARTSTAT"], "RSVP" in said[f"mailto:{bruno.email}"]) == ("ACCEPTED", False)
    assert said[f"mailto:{candidate.email}"]["PARTSTAT"] == "NEEDS-ACTION"
    move(booking, starts_at=TWO_O_CLOCK + HOUR, ends_at=TWO_O_CLOCK + 2 * HOUR, by=ana)
    asked = event_in(mails_to(bruno)[-1])[1]["ATTENDEE"]
    assert {each.params["PARTSTAT"] for each in asked} == {"NEEDS-ACTION"}


def test_nobody_answers_any_more_once_it_is_over(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    with time_machine.travel(TWO_O_CLOCK + HOUR, tick=False), pytest.raises(WrongState, match="over"):
        answer_booking(booking, bruno, answer=Answer.DECLINED, by=bruno)


def test_what_somebody_declined_is_not_in_their_feed(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    token = renew_feed(bruno, by=bruno)
    with time_machine.travel(TWO_O_CLOCK - HOUR, tick=False):
        assert uid_of(booking).encode() in feed_content(token)
        answer_booking(booking, bruno, answer=Answer.DECLINED, by=bruno)
        session.flush()
        session.expire_all()
        assert b"BEGIN:VEVENT" not in feed_content(token)


def test_a_new_time_is_asked_also_of_who_declined_the_old_one(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    answer_booking(booking, bruno, answer=Answer.DECLINED, by=bruno)
    move(booking, starts_at=TWO_O_CLOCK + HOUR, ends_at=TWO_O_CLOCK + 2 * HOUR, by=ana)
    assert len(busy([bruno], starts_at=TWO_O_CLOCK, ends_at=TWO_O_CLOCK + 3 * HOUR)[bruno.id]) == 1


def test_only_who_is_in_a_booking_sees_it(ana: Person, bruno: Person, candidate: Person) -> None:
    booking = meet(ana, bruno)
    assert get_booking(booking.public_id, viewer=bruno) is booking
    with pytest.raises(NotFound):
        get_booking(booking.public_id, viewer=candidate)
    with pytest.raises(NotFound):
        answer_booking(booking, candidate, answer=Answer.ACCEPTED, by=candidate)


def test_an_hour_stays_an_hour_on_the_night_the_clock_changes(ana: Person) -> None:
    before_the_change = datetime(2031, 10, 26, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, for the first time
    first = meet(ana, starts_at=before_the_change, time_zone="Europe/Berlin")
    meet(ana, starts_at=before_the_change + HOUR, time_zone="Europe/Berlin")  # 02:30 again
    assert first.ends_at - first.starts_at == HOUR
    with pytest.raises(Conflict, match=r"26 Oct, 02:30–02:30"):
        meet(ana, starts_at=before_the_change, time_zone="Europe/Berlin")


def test_every_change_is_in_the_audit_trail(ana: Person, bruno: Person) -> None:
    booking = meet(ana, bruno)
    answer_booking(booking, bruno, answer=Answer.TENTATIVE, by=bruno)
    change_attendees(booking, [Attendee(ana)], by=ana)
    move(booking, starts_at=TWO_O_CLOCK + HOUR, ends_at=TWO_O_CLOCK + 2 * HOUR, by=ana)
    release(booking, reason="Private matters of Bruno", by=ana)
    session.commit()
    events = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == booking.public_id).order_by(AuditEvent.id)).all()
    assert [event.name for event in events] == [
        "core.booking.made",
        "core.booking.answered",
        "core.booking.attendees_changed",
        "core.booking.moved",
        "core.booking.released",
    ]
    assert all(event.actor_id is not None for event in events)
    assert "Private matters" not in "".join(event.reason + str(event.changes) for event in events)
