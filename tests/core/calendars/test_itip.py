"""What other calendar programs are sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from core.calendars import itip
from core.calendars.itip import Occasion, Party

ORGANISER = Party("Ana Lima", "trilha@aurora.test")
CANDIDATE = Party('Zé "Zeca" D\'Ávila, Filho', "ze@example.test")
TRAINEE = Party("Bia", "bia@aurora.test", optional=True)
OCCASION = Occasion(
    uid="0a1b@aurora.test",
    sequence=2,
    stamped_at=datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC),
    starts_at=datetime(2026, 12, 3, 17, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 3, 18, 0, tzinfo=UTC),
    time_zone="America/Sao_Paulo",
    title="Entrevista; primeira, parte \\ " + "ação " * 30,
    organiser=ORGANISER,
    description="Linha um\nLinha dois: traga um documento",
    place="Av. Paulista, 1000; 5º andar",
    meeting_url="https://meet.aurora.test/x?a=1,2;b=3",
)


def read(content: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def unfolded(content: bytes) -> list[str]:
    """The lines as a second, plain reader of RFC 5545 sees them."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_request_reads_back_as_it_was_meant() -> None:
    calendar, event = read(itip.request(OCCASION, attendees=[CANDIDATE, TRAINEE]))
    assert calendar["METHOD"] == "REQUEST"
    assert calendar["VERSION"] == "2.0"
    assert event["UID"] == OCCASION.uid
    assert event["SEQUENCE"] == 2
    assert event["SUMMARY"] == OCCASION.title
    assert event["DESCRIPTION"] == OCCASION.description
    assert event["LOCATION"] == OCCASION.place
    assert event["URL"] == OCCASION.meeting_url
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == OCCASION.starts_at
    assert event.decoded("DTEND") == OCCASION.ends_at
    assert event.decoded("DTSTAMP") == OCCASION.stamped_at
    assert event["ORGANIZER"] == "mailto:trilha@aurora.test"
    assert event["ORGANIZER"].params["CN"] == "Ana Lima"
    assert [str(address) for address in event["ATTENDEE"]] == ["mailto:ze@example.test", "mailto:bia@aurora.test"]


def test_attendees_are_asked_for_an_answer_and_optional_ones_say_so() -> None:
    _calendar, event = read(itip.request(OCCASION, attendees=[CANDIDATE, TRAINEE]))
    first, second = (address.params for address in event["ATTENDEE"])
    assert (first["PARTSTAT"], first["RSVP"], first["ROLE"], first["CUTYPE"]) == ("NEEDS-ACTION", "TRUE", "REQ-PARTICIPANT", "INDIVIDUAL")
    assert second["ROLE"] == "OPT-PARTICIPANT"
    assert first["CN"] == "Zé 'Zeca' D'Ávila, Filho"


def test_times_are_utc_and_need_no_time_zone() -> None:
    lines = unfolded(itip.request(OCCASION, attendees=[CANDIDATE]))
    assert "DTSTART:20261203T170000Z" in lines
    assert "DTEND:20261203T180000Z" in lines
    assert not any("TZID" in line for line in lines)


def test_lines_end_in_crlf_and_are_folded_at_75_octets_between_characters() -> None:
    content = itip.request(OCCASION, attendees=[CANDIDATE])
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_text_is_escaped() -> None:
    lines = unfolded(itip.request(OCCASION, attendees=[CANDIDATE]))
    assert "DESCRIPTION:Linha um\\nLinha dois: traga um documento" in lines
    assert "LOCATION:Av. Paulista\\, 1000\\; 5º andar" in lines


def test_text_from_people_cannot_add_a_line_of_its_own() -> None:
    evil = "x\r\nATTENDEE:mailto:spy@evil.test\r\nMETHOD:PUBLISH\x00\x0b"
    content = itip.request(replace(OCCASION, title=evil, description=evil, place=evil), attendees=[Party(evil, "a@b.test")])
    lines = unfolded(content)
    assert sum(line.startswith("ATTENDEE") for line in lines) == 1
    assert [line for line in lines if line.startswith("METHOD")] == ["METHOD:REQUEST"]
    assert b"\x00" not in content
    assert b"\x0b" not in content


def test_cancelling_the_whole_event_says_so() -> None:
    calendar, event = read(itip.cancel(OCCASION, attendees=[CANDIDATE, TRAINEE], whole=True))
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert (event["UID"], event["SEQUENCE"]) == (OCCASION.uid, 2)
    assert not event.walk("VALARM")


def test_uninviting_one_carries_no_status() -> None:
    _calendar, event = read(itip.cancel(OCCASION, attendees=[CANDIDATE], whole=False))
    assert "STATUS" not in event
    assert event["ATTENDEE"] == "mailto:ze@example.test"
    assert "PARTSTAT" not in event["ATTENDEE"].params


def test_a_feed_has_local_times_with_their_zone_and_no_attendees() -> None:
    content = itip.publish([OCCASION, replace(OCCASION, uid="2@x", starts_at=OCCASION.starts_at + timedelta(days=1))], name="Trilha")
    calendar = Calendar.from_ical(content)
    assert calendar["METHOD"] == "PUBLISH"
    events = calendar.walk("VEVENT")
    assert len(events) == 2
    assert all("ATTENDEE" not in event for event in events)
    assert b"DTSTART;TZID=America/Sao_Paulo:20261203T140000" in content
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/Sao_Paulo"]
    assert events[0].decoded("DTSTART").astimezone(UTC) == OCCASION.starts_at


def test_a_feed_of_nothing_is_still_a_calendar() -> None:
    assert Calendar.from_ical(itip.publish([], name="Trilha"))["METHOD"] == "PUBLISH"


def test_without_a_place_the_meeting_address_is_the_place() -> None:
    _calendar, event = read(itip.request(replace(OCCASION, place=""), attendees=[CANDIDATE]))
    assert event["LOCATION"] == OCCASION.meeting_url
