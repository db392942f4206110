"""Twenty at once: one application an address, one decision an approval, one hire an opening."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from core.audit.models import AuditEvent
from core.db import db, session, transaction
from core.errors import Conflict, WrongState
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, mark_hired
from hiring.applications.arriving import SUPERSEDED_KEPT, Submission, apply
from hiring.applications.models import Application, ApplicationMove, ApplicationState, Resubmission, ResubmissionState
from hiring.applications.queries import application_of_link, get_application
from hiring.postings.models import Posting, PostingMove, PostingState
from hiring.postings.queries import find_public_posting, get_posting
from hiring.publishing.actions import approve_posting, ask_for_approval
from tests.situations import a_colleague, a_draft_posting, a_resume, an_application, an_open_posting
from wsgi import create_app

RACERS = 20
SCHEMA = "intake_race"


@pytest.fixture
def racing(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every thread commits for itself."""
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    on_sqlite = address.startswith("sqlite")
    own = f"sqlite:///{tmp_path / 'race.db'}" if on_sqlite else f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{SCHEMA}"
    if not on_sqlite:
        _run(address, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
    found = create_app(replace(app.extensions["settings"], database_url=own))
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


def race(racing: Flask, act: Callable[[int], Any]) -> Counter[str]:
    """Let all racers act in a transaction of their own, and count how that ended."""
    start = Barrier(RACERS)

    def run(number: int) -> str:
        with racing.app_context():
            start.wait()
            try:
                with transaction():
                    act(number)
            except (Conflict, WrongState):
                return "refused"
            return "done"

    with ThreadPoolExecutor(RACERS) as pool:
        return Counter(pool.map(run, range(RACERS)))


def count_of(model: Any, *where: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_of_twenty_applications_from_one_address_one_is_made_and_the_newest_are_kept_beside_it(racing: Flask) -> None:
    with racing.app_context(), transaction():
        posting = an_open_posting()
        slug, answers = posting.slug, {question.public_id: "yes" for question in posting.questions}

    def send(number: int) -> None:
        email = ("ANA@example.test", "ana@EXAMPLE.test", " Ana@example.test ")[number % 3]
        wanted = Submission(name=f"Ana {number}", email=email, consent_version="2026-11", answers=answers, key=f"form {number}")
        apply(find_public_posting(slug), submission=wanted, resume=a_resume())

    assert race(racing, send) == Counter({"done": RACERS})
    with racing.app_context():
        assert (count_of(Application), count_of(Resubmission)) == (1, SUPERSEDED_KEPT + 1)
        assert count_of(Resubmission, Resubmission.state == ResubmissionState.WAITING) == 1
        let_go = session.scalars(select(AuditEvent.changes).where(AuditEvent.name == "hiring.application.resubmitted")).all()
        assert sum(len(each.get("let_go", ())) for each in let_go) == RACERS - 1 - (SUPERSEDED_KEPT + 1)


def test_one_form_sent_twenty_times_is_one_application(racing: Flask) -> None:
    with racing.app_context(), transaction():
        posting = an_open_posting()
        slug, answers = posting.slug, {question.public_id: "yes" for question in posting.questions}

    def send(number: int) -> None:
        wanted = Submission(name="Ana", email="ana@example.test", consent_version="2026-11", answers=answers, key="the same form")
        apply(find_public_posting(slug), submission=wanted, resume=a_resume())

    assert race(racing, send) == Counter({"done": RACERS})
    with racing.app_context():
        assert (count_of(Application), count_of(Resubmission)) == (1, 0)


def test_of_twenty_approvals_one_decides(racing: Flask) -> None:
    with racing.app_context(), transaction():
        recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
        posting = a_draft_posting(by=recruiter, hiring_manager=manager)
        ask_for_approval(posting, by=recruiter)
        posting_id, manager_id = posting.public_id, manager.public_id

    def approve(number: int) -> None:
        person = get_person(manager_id)
        approve_posting(get_posting(posting_id, viewer=person), by=person)

    assert race(racing, approve) == Counter({"done": 1, "refused": RACERS - 1})
    with racing.app_context():
        assert count_of(PostingMove, PostingMove.to_state == PostingState.APPROVED) == 1


def test_of_twenty_hires_two_fill_two_openings_and_the_posting_is_filled(racing: Flask) -> None:
    with racing.app_context(), transaction():
        posting = an_open_posting(openings=2)
        ids = [an_application(posting).public_id for _number in range(RACERS)]

    assert race(racing, lambda number: mark_hired(application_of_link(ids[number]), by=None)) == Counter({"done": 2, "refused": RACERS - 2})
    with racing.app_context():
        assert count_of(Application, Application.state == ApplicationState.HIRED) == 2
        assert session.scalars(select(Posting.state)).one() is PostingState.FILLED


def test_of_twenty_who_move_one_card_one_does_and_the_others_hear_of_it(racing: Flask) -> None:
    with racing.app_context(), transaction():
        recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
        posting = an_open_posting(by=recruiter)
        application = an_application(posting)
        application_id, recruiter_id, version = application.public_id, recruiter.public_id, application.version

    def move(number: int) -> None:
        person = get_person(recruiter_id)
        found = get_application(application_id, viewer=person)
        advance_application(found, to_stage=found.posting.stages[1 + number % 3], by=person, seen_version=version)

    assert race(racing, move) == Counter({"done": 1, "refused": RACERS - 1})
    with racing.app_context():
        assert count_of(ApplicationMove) == 2
