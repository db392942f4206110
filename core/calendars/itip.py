"""Events as iCalendar text: requests and cancellations that mail programs act on (RFC 5546), and published feeds. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Trilha//Trilha//EN"


@dataclass(frozen=True)
class Party:
    """Someone with a name and an address."""

    name: str
    email: str
    optional: bool = False
    answer: str = "NEEDS-ACTION"  # what they have said to the event as it is told now


@dataclass(frozen=True)
class Occasion:
    """What a message says about one booking. Everything here is read by whoever gets the message."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    title: str
    organiser: Party
    description: str = ""
    place: str = ""
    meeting_url: str = ""


def request(occasion: Occasion, *, attendees: Sequence[Party]) -> bytes:
    """An invitation, or the newer telling of one sent before (same UID, higher SEQUENCE). Who has not answered yet is asked to."""
    event = _event(occasion)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    for party in attendees:
        event.add("attendee", _attendee(party, asked=True), encode=False)
    return bytes(_calendar("REQUEST", [event]).to_ical())


def cancel(occasion: Occasion, *, attendees: Sequence[Party], whole: bool) -> bytes:
    """A cancellation: of the whole event, or (without STATUS) only for the attendees named, who are no longer invited."""
    event = _event(occasion)
    if whole:
        event.add("status", "CANCELLED")
    for party in attendees:
        event.add("attendee", _attendee(party, asked=False), encode=False)
    return bytes(_calendar("CANCEL", [event]).to_ical())


def publish(occasions: Sequence[Occasion], *, name: str) -> bytes:
    """A feed to subscribe to: local times with their zones, nobody's address but the organiser's, no attendees."""
    calendar = _calendar("PUBLISH", [_event(occasion, local=True) for occasion in occasions])
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval;value=duration", "PT1H")
    calendar.add("x-published-ttl", "PT1H")
    if occasions:
        calendar.add_missing_timezones(first_date=date(min(occasion.starts_at for occasion in occasions).year - 1, 1, 1))
    return bytes(calendar.to_ical())


def _calendar(method: str, events: Sequence[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(occasion: Occasion, *, local: bool = False) -> Event:
    zone = ZoneInfo(occasion.time_zone) if local else UTC
    event = Event()
    event.add("uid", occasion.uid)
    event.add("sequence", occasion.sequence)
    event.add("dtstamp", occasion.stamped_at.astimezone(UTC))
    event.add("dtstart", occasion.starts_at.astimezone(zone))
    event.add("dtend", occasion.ends_at.astimezone(zone))
    event.add("summary", _printable(occasion.title))
    event.add("organizer", _address(occasion.organiser), encode=False)
    if occasion.description:
        event.add("description", _printable(occasion.description))
    if occasion.place or occasion.meeting_url:
        event.add("location", _printable(occasion.place) or occasion.meeting_url)
    if occasion.meeting_url:
        event.add("url", vUri(occasion.meeting_url), encode=False)
    return event


def _printable(text: str) -> str:
    # iCalendar text may hold no control characters but the line break and the tab
    return "".join(character for character in text if character in "\n\t" or unicodedata.category(character) != "Cc")


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    address.params["CN"] = vText(" ".join(_printable(party.name).replace('"', "'").split()))
    return address


def _attendee(party: Party, *, asked: bool) -> vCalAddress:
    address = _address(party)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("OPT-PARTICIPANT" if party.optional else "REQ-PARTICIPANT")
    if asked:
        address.params["PARTSTAT"] = vText(party.answer)
        if party.answer == "NEEDS-ACTION":
            address.params["RSVP"] = vText("TRUE")
    return address
