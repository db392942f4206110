"""The demonstration: what is in it, that a seed and a day give the same again, and where it refuses to be loaded."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from time_machine import travel

from bench.onboarding import deeds
from core.audit.verify import verify_trail
from core.calendars.models import Occupancy
from core.db import db, session, transaction
from core.people.models import Employment, Person
from core.settings import load_settings
from hiring.applications.models import Application
from hiring.postings.models import Posting
from home.demo.bulk import add_applications, add_onboardings, add_people
from home.demo.loading import load
from onboarding.checklists.models import Checklist, ChecklistState, Task
from onboarding.shadowing.models import Session, SessionDay
from tests.databases import build_schema
from training.auditing.models import AuditGrant
from training.catalogue.models import Course
from training.evidence.models import EvidencePack, PackState
from training.findings.models import AuditFinding, FindingState
from training.items.models import Item
from training.requirements.models import Completion
from training.sampling.models import AuditSample, SampleLine
from wsgi import ROOT, create_app

DAY = date(2026, 3, 4)
DUMPED = (Person, Posting, Application, Checklist, Employment, Completion)


def _installation(folder: Path, environment: str = "demo") -> Flask:
    folder.mkdir(exist_ok=True)
    app = create_app(load_settings({"TRILHA_INSTANCE": str(folder), "TRILHA_ENV": environment, "TRILHA_BASE_URL": "http://localhost"}, root=ROOT))
    with app.app_context():
        build_schema(db.engine)
    return app


def _fill() -> None:
    """The demonstration, and the rows a benchmark adds to it."""
    with transaction():
        world = load(day=DAY, seed=7)
        assert _count(Application.id) == 60
    with transaction():
        add_people(world, until=80)
        add_applications(world, until=120)
        add_onboardings(world, until=9, sessions=40)


def _dump() -> dict[str, list[tuple[Any, ...]]]:
    """Public ids, names and states: what a reader of the demonstration would notice."""
    found = {}
    for model in DUMPED:
        names = ("public_id", "name", "title", "email", "state", "valid_until", "starts_on")
        wanted = [getattr(model, name) for name in names if hasattr(model, name)]
        found[model.__tablename__] = [tuple(row) for row in session.execute(select(*wanted).order_by(model.id))]
    return found


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = _installation(tmp_path_factory.mktemp("demo"))
    with app.app_context():
        _fill()
    return app


def _count(column: Any) -> int:
    return session.scalars(select(func.count(column))).one()


def test_it_is_one_bank_with_something_in_every_room(demonstration: Flask) -> None:
    with demonstration.app_context():
        assert _count(Posting.id) == 8
        assert _count(Application.id) == 120
        assert _count(Employment.id) >= 35
        assert _count(Checklist.id) == 9


def test_each_onboarding_of_a_benchmark_has_sixty_tasks_and_its_sessions_are_in_both_calendars(demonstration: Flask) -> None:
    with demonstration.app_context():
        running = Checklist.state == ChecklistState.RUNNING
        tasks = select(func.count()).select_from(Task).join(Checklist, Checklist.id == Task.checklist_id).where(running).group_by(Task.checklist_id)
        assert set(session.scalars(tasks.order_by(Task.checklist_id))) == {60}
        assert _count(Session.id) == 40
        assert (
            session.scalars(select(func.count()).select_from(Occupancy).join(SessionDay, SessionDay.booking_id == Occupancy.booking_id)).one() >= 80
        )


def test_its_courses_have_eight_questions_or_more_but_the_one_marked_by_hand(demonstration: Flask) -> None:
    with demonstration.app_context():
        assert _count(Course.id) == 13
        asked = session.execute(select(Item.version_id, func.count()).group_by(Item.version_id).order_by(Item.version_id)).all()
        assert sorted(count for _version, count in asked)[1] >= 8


def test_its_audits_have_a_scope_a_finding_a_sample_and_a_pack_to_make(demonstration: Flask) -> None:
    with demonstration.app_context():
        grants = session.scalars(select(AuditGrant).order_by(AuditGrant.id)).all()
        assert [grant.is_narrow for grant in grants] == [False, True]
        finding = session.scalars(select(AuditFinding)).one()
        assert finding.owner_id and finding.due_on > DAY and finding.state is FindingState.OPEN
        assert _count(AuditSample.id) == 1 and _count(SampleLine.id) == 10
        assert session.scalars(select(EvidencePack.state)).one() is PackState.GATHERING


def test_completions_are_valid_expiring_and_expired(demonstration: Flask) -> None:
    with demonstration.app_context():
        days = [day for day in session.scalars(select(Completion.valid_until).order_by(Completion.id)) if day]
    soon = DAY + timedelta(days=60)
    assert any(day < DAY for day in days)
    assert any(DAY <= day <= soon for day in days)
    assert any(day > soon for day in days)


def test_its_audit_trail_stands(demonstration: Flask) -> None:
    with demonstration.app_context():
        assert verify_trail().stands


def test_the_same_seed_and_day_give_the_same_again(demonstration: Flask, tmp_path: Path) -> None:
    dumps = []
    again = _installation(tmp_path / "again")
    with again.app_context():
        _fill()
    for app in (demonstration, again):
        with app.app_context():
            dumps.append(_dump())
    assert dumps[0] == dumps[1]


def test_it_refuses_a_database_that_holds_people(demonstration: Flask) -> None:
    told = demonstration.test_cli_runner().invoke(args=["demo", "load"])
    assert told.exit_code == 1
    assert "holds people already" in told.output


def test_a_start_finds_people_and_goes_on(demonstration: Flask) -> None:
    assert demonstration.test_cli_runner().invoke(args=["demo", "load", "--if-empty"]).exit_code == 0


def test_it_is_never_loaded_in_production(tmp_path: Path) -> None:
    app = _installation(tmp_path, environment="production")
    told = app.test_cli_runner().invoke(args=["demo", "load", "--force"])
    assert told.exit_code == 1
    with app.app_context():
        assert _count(Person.id) == 0


def test_each_deed_of_a_benchmark_can_be_done(demonstration: Flask) -> None:
    with travel(datetime.combine(DAY, time(12), tzinfo=UTC), tick=False), demonstration.test_request_context():
        for deed in deeds():
            deed.act()
            session.rollback()
