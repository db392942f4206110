"""Two windows, many presses: at once, each with a transaction of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from core.db import db, session, transaction
from core.errors import Refusal
from core.people.models import Person
from core.people.queries import get_person_by_key
from tests.training.hand_marked import BEST, a_handed_in_exam, the_script
from tests.training.situations import a_draft_course, a_learner, a_trainer, an_officer, an_open_exam, read_everything, right_answers
from training.catalogue.actions import approve_version, submit_version
from training.catalogue.models import VersionMove, VersionState
from training.catalogue.queries import get_version, get_version_in_force
from training.exams.actions import hand_in, save_answers, start_attempt
from training.exams.models import Attempt, AttemptState, Response
from training.exams.queries import get_attempt
from training.items.models import ItemKind
from training.marking.actions import send_mark
from training.marking.judging import Sheet
from training.marking.models import Mark
from training.marking.queries import get_script
from training.requirements.models import Completion
from wsgi import create_app

RACERS = 8
SCHEMA = "training_race"


@pytest.fixture
def racing(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every thread commits for itself."""
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    on_sqlite = address.startswith("sqlite")
    own = f"sqlite:///{tmp_path / 'race.db'}" if on_sqlite else f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{SCHEMA}"
    if not on_sqlite:
        _run(address, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
    racing = create_app(replace(app.extensions["settings"], database_url=own))
    with racing.app_context():
        db.metadata.create_all(db.engine)
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


def race(racing: Flask, act: Callable[[int], Any]) -> list[Any]:
    """Let every racer act at once, each in a transaction; what they got, or the status of what they were refused with."""
    start = Barrier(RACERS)

    def run(number: int) -> Any:
        with racing.app_context():
            start.wait()
            try:
                with transaction():
                    return act(number)
            except Refusal as refusal:
                return refusal.status
            finally:
                session.remove()

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(run, range(RACERS)))


def test_many_starts_at_once_open_one_attempt(racing: Flask) -> None:
    with racing.app_context(), transaction():
        learner = a_learner()
        read_everything(learner)
        person, course = learner.person.id, learner.course.public_id
        day = learner.rule.effective_from.replace(year=2090)

    def start(number: int) -> int:
        return start_attempt(get_version_in_force(course, on=day), by=get_person_by_key(person)).id

    opened = race(racing, start)
    assert len(set(opened)) == 1
    with racing.app_context():
        assert session.scalars(select(func.count()).select_from(Attempt)).one() == 1


def test_saving_and_handing_in_at_once_loses_nothing_and_completes_once(racing: Flask) -> None:
    with racing.app_context(), transaction():
        learner, attempt = an_open_exam()
        person, attempt_id, answers = learner.person.id, attempt.public_id, right_answers(attempt)

    def act(number: int) -> str:
        by = get_person_by_key(person)
        found = get_attempt(attempt_id, viewer=by)
        if number % 2:
            hand_in(found, answers, sequence=100 + number, by=by)
            return "handed in"
        save_answers(found, answers, sequence=number + 1, by=by)
        return "saved"

    ended = race(racing, act)
    assert set(ended) <= {"handed in", "saved", 409}
    assert ended.count("handed in") == RACERS // 2
    with racing.app_context():
        closed = session.scalars(select(Attempt)).one()
        assert (closed.state, closed.passed) == (AttemptState.SUBMITTED, True)
        assert session.scalars(select(func.count()).select_from(Completion)).one() == 1
        assert session.scalars(select(func.count()).select_from(Response)).one() == len(answers)


def test_two_reviewers_at_once_approve_once(racing: Flask) -> None:
    with racing.app_context(), transaction():
        trainer = a_trainer()
        version = a_draft_course(by=trainer)
        submit_version(version, by=trainer)
        officers = [an_officer(f"Officer {number}").id for number in range(RACERS)]
        version_id, day = version.public_id, version.created_at.date().replace(year=2090)

    def approve(number: int) -> str:
        by: Person = get_person_by_key(officers[number])
        approve_version(get_version(version_id, viewer=by), in_force_from=day, by=by)
        return "approved"

    assert sorted(map(str, race(racing, approve))) == ["409"] * (RACERS - 1) + ["approved"]
    with racing.app_context():
        moves = session.scalars(select(func.count()).select_from(VersionMove).where(VersionMove.to_state == VersionState.APPROVED)).one()
        assert moves == 1


@pytest.mark.parametrize(("double", "taken"), [(False, 1), (True, 2)])
def test_many_markers_at_once_give_as_many_marks_as_asked_for(racing: Flask, double: bool, taken: int) -> None:
    with racing.app_context(), transaction():
        _learner, attempt = a_handed_in_exam(double=double)
        script_id, markers = the_script(attempt).public_id, [an_officer(f"Marker {number}").id for number in range(RACERS)]

    def mark(number: int) -> str:
        by = get_person_by_key(markers[number])
        send_mark(get_script(script_id, viewer=by), Sheet(BEST, ("", "")), comment="", by=by)
        return "marked"

    ended = race(racing, mark)
    assert (ended.count("marked"), ended.count(409)) == (taken, RACERS - taken)
    with racing.app_context():
        assert session.scalars(select(func.count()).select_from(Mark)).one() == taken
        closed = session.scalars(select(Attempt)).one()
        assert (closed.state, closed.passed) == (AttemptState.SUBMITTED, True)
        assert session.scalars(select(func.count()).select_from(Completion)).one() == 1


def test_the_last_marks_of_an_exam_sent_at_once_grade_it_once(racing: Flask) -> None:
    with racing.app_context(), transaction():
        _learner, attempt = a_handed_in_exam(with_file=True)
        scripts = [the_script(attempt, kind).public_id for kind in (ItemKind.ESSAY, ItemKind.FILE)]
        markers = [an_officer(f"Marker {number}").id for number in range(RACERS)]

    def mark(number: int) -> str:
        by = get_person_by_key(markers[number])
        send_mark(get_script(scripts[number % 2], viewer=by), Sheet(BEST, ("", "")), comment="", by=by)
        return "marked"

    assert race(racing, mark).count("marked") == 2
    with racing.app_context():
        closed = session.scalars(select(Attempt)).one()
        assert (closed.state, closed.passed) == (AttemptState.SUBMITTED, True)
        assert session.scalars(select(func.count()).select_from(Completion)).one() == 1
