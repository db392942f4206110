"""Twenty answers to one offer, and twenty decisions on it, at once and by the pages themselves: one counts, and the others are told."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from core.accounts.actions import open_account
from core.accounts.links import issue_link
from core.accounts.models import Account, Purpose
from core.db import db, session, transaction
from core.people.models import Employment
from core.people.queries import get_person
from hiring.applications.models import Application, ApplicationState
from hiring.offers.models import Offer, OfferMove, OfferSignature, OfferState
from onboarding.checklists.models import Checklist
from tests.hiring.test_offers import Scene
from wsgi import create_app

RACERS = 20
SCHEMA = "offer_race"
Act = Callable[[int], int]


@pytest.fixture
def racing(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every request commits for itself."""
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    on_sqlite = address.startswith("sqlite")
    own = f"sqlite:///{tmp_path / 'race.db'}" if on_sqlite else f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{SCHEMA}"
    if not on_sqlite:
        _run(address, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
    found = create_app(replace(app.extensions["settings"], database_url=own))
    found.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    found.testing = False
    with found.app_context():
        db.metadata.create_all(db.engine)
    yield found
    with found.app_context():
        db.engine.dispose()
    if not on_sqlite:
        _run(address, f"DROP SCHEMA {SCHEMA} CASCADE")


def _run(address: str, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def race(act: Act) -> Counter[int]:
    """Let all racers send their request at the same moment, and count the statuses."""
    start = Barrier(RACERS)

    def run(number: int) -> int:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(RACERS) as pool:
        return Counter(pool.map(run, range(RACERS)))


def a_sent_offer(racing: Flask) -> tuple[str, str]:
    """The address of its private page, and the hash of its letter."""
    with racing.app_context(), transaction():
        scene = Scene()
        offer = scene.offer(OfferState.SENT)
        assert offer.document is not None
        token = issue_link(Purpose.OFFER, person=scene.application.candidate.person, subject_id=offer.public_id)
        return f"/my-offer/{token}", offer.document.sha256


def count_of(model: type, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


def accept(racing: Flask, address: str, sha256: str) -> int:
    return racing.test_client().post(address, data={"typed_name": "Ana Souza", "agreed": "y", "sha256": sha256}).status_code


def test_of_twenty_presses_on_accept_one_hires_and_all_are_thanked(racing: Flask) -> None:
    address, sha256 = a_sent_offer(racing)
    with racing.app_context():
        before = count_of(Employment), count_of(Account)
    assert race(lambda number: accept(racing, address, sha256)) == Counter({302: RACERS})
    with racing.app_context():
        assert (count_of(OfferSignature), count_of(Checklist), count_of(Employment) - before[0]) == (1, 1, 1)
        assert count_of(Account) - before[1] <= 1
        assert count_of(Application, Application.state == ApplicationState.HIRED) == 1
        assert count_of(OfferMove, OfferMove.to_state == OfferState.ACCEPTED) == 1


def test_accepting_and_declining_at_once_is_one_of_the_two(racing: Flask) -> None:
    address, sha256 = a_sent_offer(racing)

    def answer(number: int) -> int:
        if number % 2:
            return accept(racing, address, sha256)
        return racing.test_client().post(f"{address}/decline", data={"reason": "Another job"}).status_code

    statuses = race(answer)
    assert set(statuses) <= {302, 409, 410}, statuses
    assert statuses[302] == RACERS // 2
    with racing.app_context():
        state = session.scalars(select(Offer.state)).one()
        signed, hired = count_of(OfferSignature), count_of(Application, Application.state == ApplicationState.HIRED)
        assert (state, signed, hired) in ((OfferState.ACCEPTED, 1, 1), (OfferState.DECLINED, 0, 0))


def test_accepting_what_is_withdrawn_at_the_same_moment_ends_one_way(racing: Flask) -> None:
    address, sha256 = a_sent_offer(racing)
    with racing.app_context():
        offer = session.scalars(select(Offer)).one()
        offer_id, author_id, version = offer.public_id, offer.author_id, offer.version
    with racing.app_context(), transaction():
        from core.people.queries import get_person_by_key

        open_account(get_person_by_key(author_id), password="trail-of-races")
        email = get_person_by_key(author_id).email

    def answer(number: int) -> int:
        if number:
            return accept(racing, address, sha256)
        return client.post(f"/offers/{offer_id}/withdraw", data={"version": version, "reason": "Budget"}).status_code

    client = racing.test_client()
    assert client.post("/login", data={"email": email, "password": "trail-of-races"}).status_code == 302
    statuses = race(answer)
    assert set(statuses) <= {302, 409, 410}, statuses
    with racing.app_context():
        state = session.scalars(select(Offer.state)).one()
        assert (state, count_of(OfferSignature)) in ((OfferState.ACCEPTED, 1), (OfferState.WITHDRAWN, 0))


def test_of_twenty_approvals_one_decides_and_the_others_are_told(racing: Flask) -> None:
    with racing.app_context(), transaction():
        scene = Scene()
        offer = scene.offer(OfferState.IN_APPROVAL)
        offer_id, version, email = offer.public_id, offer.version, scene.executive.email
        open_account(get_person(scene.executive.public_id), password="trail-of-races")
    clients = [racing.test_client() for _racer in range(RACERS)]
    for client in clients:
        assert client.post("/login", data={"email": email, "password": "trail-of-races"}).status_code == 302
    statuses = race(lambda number: clients[number].post(f"/offers/{offer_id}/approve", data={"version": version}).status_code)
    assert statuses == Counter({302: 1, 409: RACERS - 1})
    with racing.app_context():
        assert count_of(OfferMove, OfferMove.to_state == OfferState.APPROVED) == 1
