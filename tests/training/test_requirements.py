"""Rules, what they assign, exemptions: never overwritten, derived the same each time."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.rights import Role
from tests.factories import make_employment, make_job_role, make_person
from tests.training.situations import a_course, a_learner, a_passed_exam, an_exemption, an_officer
from training.completions.actions import complete
from training.compliance.expiry import Recurrence, RuleClock
from training.public import courses, holds, holds_many, rederive, standing_of, waiting_for
from training.requirements.actions import end_rule, revise_rule, write_rule
from training.requirements.models import Assignment, CompletionSource, Rule
from training.requirements.queries import rule_lines

ZONE = "America/Sao_Paulo"


def assignments() -> list[tuple[Any, ...]]:
    rows = session.scalars(
        select(Assignment).order_by(Assignment.person_id, Assignment.lineage, Assignment.cycle).execution_options(populate_existing=True)
    )
    return [(row.id, row.person_id, row.lineage, row.cycle, row.available_on, row.due_on, row.ended_on) for row in rows]


@pytest.fixture
def in_request(app: Any) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_the_start_in_the_role_and_the_days_of_the_rule_make_the_due_date(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 3, 1))
    assignment = session.scalars(select(Assignment)).one()
    assert (assignment.person_id, assignment.cycle, assignment.available_on, assignment.due_on) == (
        learner.person.id,
        1,
        date(2026, 3, 1),
        date(2026, 3, 31),
    )


def test_deriving_twice_changes_nothing_and_writes_nothing(app: Any) -> None:
    learner, _attempt = a_passed_exam()
    rederive(learner.person)
    session.commit()
    before, events = assignments(), session.scalars(select(func.count()).select_from(AuditEvent)).one()
    rederive(learner.person)
    session.commit()
    assert assignments() == before
    assert session.scalars(select(func.count()).select_from(AuditEvent)).one() == events
    assert [row[3] for row in before] == [1, 2]


def test_a_move_to_another_role_ends_what_the_old_one_asked_and_history_stays(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 3, 1))
    make_employment(learner.person, job_role=make_job_role(), starts_on=date(2026, 6, 1))
    rederive(learner.person)
    assert [(row[3], row[6]) for row in assignments()] == [(1, date(2026, 5, 31))]
    assert waiting_for(learner.person, on=date(2026, 6, 2)) == []


def test_a_rule_for_everybody_reaches_everybody_in_a_job(app: Any, run_jobs: Any) -> None:
    course, _version = a_course()
    people = [make_person(f"Person {number}") for number in range(3)]
    for person in people:
        make_employment(person, starts_on=date(2026, 1, 5))
    write_rule(course=course, job_role=None, due_days=10, valid_months=None, source="", effective_from=date(2026, 2, 1), by=an_officer("Rui Officer"))
    run_jobs()
    assert [row[5] for row in assignments()] == [date(2026, 2, 11)] * 3


def test_two_rules_never_ask_the_same_people_for_the_same_course(app: Any) -> None:
    learner = a_learner()
    with pytest.raises(Invalid):
        write_rule(
            course=learner.course,
            job_role=learner.job_role,
            due_days=5,
            valid_months=1,
            source="",
            effective_from=date(2026, 1, 1),
            by=an_officer("Rui Officer"),
        )


def test_a_change_begins_on_its_day_and_leaves_what_held_before(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 3, 1))
    officer = an_officer("Rui Officer")
    revise_rule(
        learner.rule,
        due_days=10,
        valid_months=6,
        window_days=30,
        source="New",
        effective_from=date(2026, 9, 1),
        reason="Circular changed.",
        by=officer,
    )
    before, after = (rule_lines(on=day)[0].fact for day in (date(2026, 8, 31), date(2026, 9, 1)))
    assert (before.due_days, before.revision, after.due_days, after.revision) == (30, 1, 10, 2)
    assert before.lineage == after.lineage
    assert before.since == after.since == date(2020, 1, 1)
    rederive(learner.person)
    assert len(assignments()) == 1
    first, second = session.scalars(select(Rule).order_by(Rule.revision)).all()
    assert (first.effective_to, first.due_days, second.effective_from) == (date(2026, 8, 31), 30, date(2026, 9, 1))


def test_an_ended_rule_asks_no_more_and_cannot_end_twice(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 3, 1))
    officer = an_officer("Rui Officer")
    end_rule(learner.rule, last_day=date(2026, 6, 30), reason="No longer sold.", by=officer)
    assert rule_lines(on=date(2026, 6, 30))
    assert not rule_lines(on=date(2026, 7, 1))
    with pytest.raises(WrongState):
        end_rule(learner.rule, last_day=date(2026, 7, 1), reason="Again", by=officer)


def test_only_compliance_writes_rules(app: Any) -> None:
    learner = a_learner()
    with pytest.raises(NotAllowed):
        end_rule(learner.rule, last_day=date(2026, 6, 30), reason="Because", by=learner.person)


def test_an_exemption_takes_the_course_from_what_waits(app: Any, in_request: None) -> None:
    learner = a_learner()
    day = today(ZONE)
    assert [thing.title for thing in waiting_for(learner.person, on=day)] == [learner.course.title]
    an_exemption(learner.person, learner.course, valid_from=day, valid_to=day + timedelta(days=10))
    assert waiting_for(learner.person, on=day) == []
    assert [fact.state for fact in standing_of(learner.person, on=day)] == ["exempt"]


def test_a_completion_is_held_from_its_day_to_its_last_valid_day(app: Any, in_request: None) -> None:
    learner, _attempt = a_passed_exam()
    day = today(ZONE)
    pair = (learner.person.id, learner.course.id)
    assert [holds(learner.person, learner.course.public_id, on=on) for on in (day - timedelta(days=1), day, day + timedelta(days=366))] == [
        False,
        True,
        False,
    ]
    assert holds_many([pair, (learner.person.id, 0)], on=day) == {pair}
    assert waiting_for(learner.person, on=day) == []
    assert [fact.course for fact in standing_of(learner.person, on=day)] == [learner.course.title]
    assert learner.course.title in [fact.title for fact in courses()]


def test_the_rules_pages_write_change_and_end_a_rule(client: Any, sign_in: Any, run_jobs: Any) -> None:
    course, _version = a_course()
    role = make_job_role("Relationship manager")
    identity = str(course.public_id), str(role.public_id)
    sign_in(an_officer("Rui Officer"))
    assert client.get("/training-rules").status_code == 200
    assert client.get("/training-rules/new").status_code == 200
    rule = {
        "course": identity[0],
        "job_role": identity[1],
        "due_days": "30",
        "valid_months": "12",
        "window_days": "30",
        "source": "Res. 4.860",
        "effective_from": "2026-01-01",
    }
    address = client.post("/training-rules/new", data={**rule, "number": "99", "recorded_by_id": "1", "effective_to": "2026-01-02"}).location
    page = client.get(address).get_data(as_text=True)
    assert "Every Relationship manager completes" in page
    assert client.post("/training-rules/new", data=rule).status_code == 422
    assert client.get(f"{address}/revise").status_code == 200
    change = {**rule, "due_days": "10", "effective_from": "2026-06-01", "reason": "The circular changed."}
    assert client.post(f"{address}/revise", data={**change, "reason": ""}).status_code == 422
    changed = client.post(f"{address}/revise", data=change).location
    assert client.post(f"{changed}/end", data={"last_day": "2026-01-01", "reason": "Too early"}).status_code == 422
    assert client.post(f"{changed}/end", data={"last_day": "2027-01-01", "reason": "No longer sold."}).status_code == 302
    assert client.get("/training-rules").status_code == 200
    stored = session.scalars(select(Rule).order_by(Rule.revision)).all()
    assert [(row.number, row.due_days, row.effective_to) for row in stored] == [(1, 30, date(2026, 5, 31)), (1, 10, date(2027, 1, 1))]


def test_an_officer_writes_a_rule_by_calendar_with_grace_and_a_change_keeps_its_clock(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    sign_in(an_officer("Rui Officer"))
    terms = {"course": str(course.public_id), "due_days": "30", "window_days": "30", "effective_from": "2026-01-01"}
    terms |= {"job_role": "everybody", "recurrence": "calendar"}
    without_months = client.post("/training-rules/new", data={**terms, "calendar_from": "2026-01-01"})
    assert without_months.status_code == 422
    assert "Say after how many months it is asked again." in without_months.get_data(as_text=True)
    assert client.post("/training-rules/new", data={**terms, "valid_months": "12"}).status_code == 422
    wanted = {**terms, "valid_months": "12", "calendar_from": "2026-01-01", "grace_days": "10"}
    assert client.post("/training-rules/new", data={**wanted, "recurrence": "moon"}).status_code == 422
    address = client.post("/training-rules/new", data=wanted).location
    page = client.get(address).get_data(as_text=True)
    assert "and again in each period of 12 months from Jan 1, 2026." in page
    assert 'value="2026-01-01"' in client.get(f"{address}/revise").get_data(as_text=True)
    rule = session.scalars(select(Rule)).one()
    terms_of_change = {"due_days": 20, "valid_months": 12, "window_days": 30, "source": "", "effective_from": date(2026, 6, 1), "reason": "Shorter."}
    following = revise_rule(rule, **terms_of_change, by=an_officer("Ana Officer"))
    assert (following.grace_days, following.recurrence, following.calendar_from) == (10, Recurrence.CALENDAR, date(2026, 1, 1))
    assert rule_lines(on=date(2026, 7, 1))[0].fact.clock == RuleClock(10, Recurrence.CALENDAR, date(2026, 1, 1))


def test_a_completion_under_a_calendar_rule_is_valid_to_the_end_of_the_next_period(app: Any) -> None:
    learner = a_learner(starts_on=date(2026, 3, 1))
    end_rule(learner.rule, last_day=date(2026, 3, 31), reason="By calendar from now on.", by=an_officer("Rui Officer"))
    clock = RuleClock(grace_days=5, recurrence=Recurrence.CALENDAR, calendar_from=date(2026, 1, 1))
    write_rule(course=learner.course, job_role=None, due_days=30, valid_months=12, source="", effective_from=date(2026, 4, 1), by=None, clock=clock)
    done = complete(learner.person, learner.version, completed_on=date(2026, 5, 5), by=None, source=CompletionSource.RECORDED)
    assert done.valid_until == date(2027, 12, 31)
    assert [row[5] for row in assignments() if row[6] is None] == [date(2026, 5, 1), date(2027, 12, 31)]


@pytest.mark.parametrize("role", [Role.NEW_HIRE, Role.TRAINER, Role.MANAGER])
def test_rules_are_not_for_others(client: Any, sign_in: Any, role: Role) -> None:
    sign_in(make_person("Nina Rocha", roles=(role,)))
    assert client.get("/training-rules").status_code == 403
    assert client.post("/training-rules/new", data={}).status_code == 403
