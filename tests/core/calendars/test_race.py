"""Many people reach for the same hour at the same instant."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from core.calendars.booking import Attendee, book
from core.calendars.models import Booking, BookingKind, Occupancy
from core.db import db, session, transaction
from core.errors import Conflict
from core.people.models import Person
from wsgi import create_app

RACERS = 20
STARTS_AT = datetime(2031, 12, 3, 17, tzinfo=UTC)
SCHEMA = "calendar_race"


@pytest.fixture
def own_app(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every thread commits for itself."""
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    on_sqlite = address.startswith("sqlite")
    own = f"sqlite:///{tmp_path / 'race.db'}" if on_sqlite else f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{SCHEMA}"
    if not on_sqlite:
        _run(address, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
    racing = create_app(replace(app.extensions["settings"], database_url=own))
    with racing.app_context():
        db.metadata.create_all(db.engine, tables=[table for name, table in db.metadata.tables.items() if name.startswith("core_")])
    yield racing
    with racing.app_context():
        db.engine.dispose()
    if not on_sqlite:
        _run(address, f"DROP SCHEMA {SCHEMA} CASCADE")


def _run(address: str, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _race(racing: Flask, *, people: int, minutes_apart: int) -> Counter[str]:
    """Let all racers book two of the people, each in an order of their own, and count how that ended."""
    with racing.app_context(), transaction():
        persons = [Person(name=f"Person {number}", email=f"person{number}@demo.trilha.test") for number in range(people)]
        session.add_all(persons)
        session.flush()
        keys = [person.id for person in persons]
    start = Barrier(RACERS)

    def reach(number: int) -> str:
        begins = STARTS_AT + timedelta(minutes=number * minutes_apart)
        with racing.app_context():
            start.wait()
            try:
                with transaction():
                    first, second = (session.get_one(Person, keys[(number + step) % people]) for step in (0, 1))
                    book(
                        f"Racer {number}",
                        kind=BookingKind.INTERVIEW,
                        starts_at=begins,
                        ends_at=begins + timedelta(hours=1),
                        time_zone="America/Sao_Paulo",
                        attendees=[Attendee(first), Attendee(second)],
                        organiser=first,
                        by=first,
                    )
            except Conflict as refusal:
                return "refused with a name" if "is busy on 3 Dec" in str(refusal.sentence) else "refused"
            return "booked"

    with ThreadPoolExecutor(RACERS) as pool:
        return Counter(pool.map(reach, range(RACERS)))


def _rows(racing: Flask) -> tuple[int, int]:
    with racing.app_context():
        return session.scalar(select(func.count(Booking.id))) or 0, session.scalar(select(func.count(Occupancy.id))) or 0


def test_of_twenty_who_reach_for_one_hour_exactly_one_gets_it_and_the_others_hear_who_is_busy(own_app: Flask) -> None:
    assert _race(own_app, people=2, minutes_apart=0) == Counter({"booked": 1, "refused with a name": RACERS - 1})
    assert _rows(own_app) == (1, 2)


def test_overlapping_hours_collide_as_well(own_app: Flask) -> None:
    assert _race(own_app, people=2, minutes_apart=1) == Counter({"booked": 1, "refused with a name": RACERS - 1})


def test_whoever_shares_people_with_another_still_never_waits_for_ever(own_app: Flask) -> None:
    result = _race(own_app, people=5, minutes_apart=0)
    assert result["booked"] in (1, 2)  # pairs of five people in a ring: two at most are apart
    assert result["refused"] == 0
    assert _rows(own_app) == (result["booked"], 2 * result["booked"])
