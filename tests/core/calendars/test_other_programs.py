"""Invitations, changes, cancellations and the feed as two other calendar libraries than ours read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import ics
import pytest
import time_machine
import vobject
from flask import Flask

from core.calendars.booking import Attendee, book, move, release
from core.calendars.feeds import feed_content, renew_feed
from core.calendars.messages import uid_of
from core.calendars.models import BookingKind
from core.people.rights import Role
from tests.conftest import Mailbox
from tests.factories import make_person

BEGINS = datetime(2031, 10, 24, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Heard:
    """What a calendar program takes from a message."""

    method: str
    uid: str
    sequence: int
    status: str
    begins: datetime
    ends: datetime
    title: str
    place: str
    attendees: frozenset[str]


def by_vobject(content: bytes) -> Heard:
    calendar = vobject.readOne(content.decode(), validate=True)
    event = calendar.vevent
    attendees = frozenset(each.value.casefold().removeprefix("mailto:") for each in event.contents.get("attendee", []))
    status = event.status.value if "status" in event.contents else ""
    begins, ends = (instant.astimezone(UTC) for instant in (event.dtstart.value, event.dtend.value))
    sequence, place = int(event.sequence.value), event.location.value
    return Heard(calendar.method.value, event.uid.value, sequence, status, begins, ends, event.summary.value, place, attendees)


def by_ics(content: bytes) -> Heard:
    calendar = ics.Calendar(content.decode())
    (event,) = calendar.events
    extra = {line.name: line.value for line in event.extra}
    attendees = frozenset(each.email.casefold().removeprefix("mailto:") for each in event.attendees)
    begins, ends = event.begin.datetime.astimezone(UTC), event.end.datetime.astimezone(UTC)
    return Heard(calendar.method, event.uid, int(extra["SEQUENCE"]), event.status or "", begins, ends, event.name, event.location, attendees)


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Europe/Lisbon"])  # Lisbon changes its clock two days later
def test_other_libraries_read_each_telling_of_one_event(app: Flask, mailbox: Mailbox, zone: str) -> None:
    ana, bea = make_person("Ana Lima", roles=(Role.RECRUITER,)), make_person("Bea “B” Reis, Dr.", roles=(Role.INTERVIEWER,))
    booking = book(
        "Entrevista; técnica, com “código” e um título tão comprido que a linha precisa ser dobrada em duas partes",
        kind=BookingKind.INTERVIEW,
        starts_at=BEGINS,
        ends_at=BEGINS + HOUR,
        time_zone=zone,
        attendees=[Attendee(ana), Attendee(bea)],
        organiser=ana,
        place="Sala 2, 3º andar",
        meeting_url="https://meet.example.test/abc?d=e",
        description="Uma linha;\noutra, com vírgula",
        by=ana,
    )
    move(booking, starts_at=BEGINS + timedelta(days=3), ends_at=BEGINS + timedelta(days=3) + HOUR, by=ana)
    with time_machine.travel(BEGINS - timedelta(days=9), tick=False):
        published = feed_content(renew_feed(bea, by=bea))
    release(booking, reason="", by=ana)
    told = [mail.calendar for mail in mailbox.to(bea)]
    readings: list[Callable[[bytes], Heard]] = [by_vobject, by_ics]
    for read in readings:
        asked, changed, ended = (read(content) for content in told)
        assert [each.method for each in (asked, changed, ended)] == ["REQUEST", "REQUEST", "CANCEL"], read
        assert {each.uid for each in (asked, changed, ended)} == {uid_of(booking)}
        assert [each.sequence for each in (asked, changed, ended)] == [0, 1, 2]
        assert (asked.status, ended.status) == ("CONFIRMED", "CANCELLED")
        assert (asked.begins, asked.ends) == (BEGINS, BEGINS + HOUR)
        assert changed.begins == BEGINS + timedelta(days=3)
        assert (asked.title, asked.place) == (booking.title, "Sala 2, 3º andar")
        assert asked.attendees == {ana.email, bea.email}
        feed = read(published)
        assert (feed.method, feed.uid, feed.begins, feed.attendees) == ("PUBLISH", uid_of(booking), changed.begins, frozenset())
