"""Pages of rules: several courses, what a rule would do, contradictions, regulations, how far it is, and what people see of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from core.clock import today
from core.db import db, session
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_department, make_employment, make_job_role, make_person
from tests.training.situations import a_course, an_officer
from training.completions.actions import complete
from training.compliance.audience import Condition, Match, Trait
from training.compliance.terms import Combination, RuleTerms, VersionPolicy
from training.public import waiting_for
from training.requirements.actions import rederive, write_draft, write_rule
from training.requirements.drafts import RuleDraft
from training.requirements.models import Assignment, CompletionSource, Rule
from training.requirements.queries import rule_lines
from training.requirements.simulating import simulate

ZONE = "America/Sao_Paulo"


def form(course: Any, **more: Any) -> dict[str, Any]:
    return {"course": str(course.public_id), "job_role": "everybody", "due_days": "30", "window_days": "30", "effective_from": "2026-01-01", **more}


def some_people(number: int, department: Any = None) -> list[Any]:
    people = [make_person(f"Person {place}") for place in range(number)]
    for person in people:
        make_employment(person, department=department, starts_on=date(2026, 1, 5))
    return people


def test_what_a_rule_would_do_is_shown_and_nothing_is_written(client: Any, sign_in: Any) -> None:
    course, version = a_course()
    people = some_people(3, make_department("Retail banking"))
    complete(people[0], version, completed_on=today(ZONE), by=None, source=CompletionSource.RECORDED)
    sign_in(an_officer("Rui Officer"))
    asked = form(course, valid_months="12", effective_from=today(ZONE).isoformat())
    page = client.post("/training-rules/new", data={**asked, "look": "1"})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "What it would do on" in text
    assert "Retail banking" in text
    assert session.scalars(select(Rule)).all() == []
    assert session.scalars(select(Assignment)).all() == []
    assert client.post("/training-rules/new", data=asked).status_code == 302


def test_the_simulation_counts_people_months_and_hours(app: Any) -> None:
    course, version = a_course()
    retail = make_department("Retail banking")
    people = some_people(4, retail)
    complete(people[0], version, completed_on=date(2026, 2, 1), by=None, source=CompletionSource.RECORDED)
    found = simulate(RuleDraft(course, None, 30, 12, date(2026, 3, 1)), on=date(2026, 3, 1))
    assert (found.covered, found.in_order, found.open, found.late_at_once, found.minutes) == (4, 1, 3, 0, 3 * 90)
    assert [(month, count) for month, count in found.months if count] == [(date(2026, 4, 1), 3), (date(2027, 2, 1), 1)]
    assert [(share.name, share.covered, share.open, share.hours) for share in found.departments] == [("Retail banking", 4, 3, 5)]
    write_rule(course=course, job_role=None, due_days=10, valid_months=12, source="", effective_from=date(2026, 1, 1), by=None)
    narrow = RuleDraft(course, None, 5, 12, date(2026, 3, 1), conditions=[Condition(Match.ALL, Trait.DEPARTMENT, retail.id)])
    again = simulate(narrow, on=date(2026, 3, 1))
    assert (again.covered, again.asked_already, sum(count for _month, count in again.months)) == (4, 4, 0)


def test_a_rule_with_another_validity_for_some_of_the_same_people_is_named_and_decided(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    role = make_job_role("Relationship manager")
    sign_in(an_officer("Rui Officer"))
    assert client.post("/training-rules/new", data=form(course, valid_months="12")).status_code == 302
    other = form(course, valid_months="24", job_role=str(role.public_id))
    refused = client.post("/training-rules/new", data=other)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Rule 1 asks everybody for Preventing money laundering with another validity: 12 months there, 24 months here." in text
    assert 'name="stricter_counts"' in text
    assert client.post("/training-rules/new", data={**other, "look": "1"}).status_code == 422
    assert client.post("/training-rules/new", data={**other, "stricter_counts": "y"}).status_code == 302


def test_two_rules_for_one_course_give_one_assignment_and_both_reasons(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    role = make_job_role("Relationship manager")
    person = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    for job_role, days in ((None, 30), (role, 10)):
        write_rule(course=course, job_role=job_role, due_days=days, valid_months=12, source="", effective_from=date(2020, 1, 1), by=None)
    make_employment(person, job_role=role, starts_on=today(ZONE))
    rederive(person)
    (assignment,) = session.scalars(select(Assignment))
    assert (assignment.chain, assignment.due_on) == (f"course:{course.id}", today(ZONE) + timedelta(days=10))
    with client.application.test_request_context():
        assert len(waiting_for(person, on=today(ZONE))) == 1
    sign_in(person)
    page = client.get("/learning").get_data(as_text=True)
    assert "rule 1, everybody, since" in page
    assert "rule 2, Relationship manager, since" in page


def a_curriculum(combines: Combination = Combination.IN_ORDER, **terms: Any) -> tuple[Any, list[tuple[Any, Any]]]:
    pairs = [a_course(title=title) for title in ("First steps", "Second steps")]
    person = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    make_employment(person, starts_on=today(ZONE))
    draft = RuleDraft(
        pairs[0][0],
        None,
        30,
        12,
        date(2020, 1, 1),
        also=[pairs[1][0]],
        title="Credit curriculum",
        terms=RuleTerms(combines=combines, **terms),
    )
    write_draft(draft, by=an_officer("Ana Officer"))
    rederive(person)
    return person, pairs


def test_the_next_course_of_a_curriculum_opens_when_the_one_before_is_done(client: Any, sign_in: Any) -> None:
    person, pairs = a_curriculum()
    first, second = (str(course.public_id) for course, _version in pairs)
    key = person.id
    sign_in(person)
    assert "opens after the one before" in client.get("/learning").get_data(as_text=True)
    assert "In Credit curriculum it opens once First steps is done." in client.get(f"/learning/{second}").get_data(as_text=True)
    assert client.post(f"/exams/start/{second}").status_code == 409
    assert client.get(f"/learning/{first}").status_code == 200
    complete(person, pairs[0][1], completed_on=today(ZONE), by=None, source=CompletionSource.RECORDED)
    session.commit()
    assert "it opens once" not in client.get(f"/learning/{second}").get_data(as_text=True)
    with client.application.test_request_context():
        assert [one.title for one in waiting_for(get_person_by_key(key), on=today(ZONE))] == ["Credit curriculum"]
    complete(person, pairs[1][1], completed_on=today(ZONE), by=None, source=CompletionSource.RECORDED)
    session.commit()
    with client.application.test_request_context():
        assert waiting_for(get_person_by_key(key), on=today(ZONE)) == []
    sign_in(an_officer("Rui Officer"))
    page = client.get(f"/compliance/people/{person.public_id}").get_data(as_text=True)
    assert "counts as a step of the curriculum" in page
    assert "Second steps" in page


def test_one_of_several_courses_is_enough(client: Any, sign_in: Any) -> None:
    person, pairs = a_curriculum(Combination.ANY_OF)
    complete(person, pairs[1][1], completed_on=today(ZONE), by=None, source=CompletionSource.RECORDED)
    session.commit()
    sign_in(person)
    page = client.get("/learning").get_data(as_text=True)
    assert "Nothing waits for you" in page
    assert "Credit curriculum" in page


def test_a_course_closes_when_access_ends_and_says_so(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    person = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    make_employment(person, starts_on=today(ZONE) - timedelta(days=60))
    write_draft(RuleDraft(course, None, 30, 12, date(2020, 1, 1), terms=RuleTerms(access_days=10)), by=None)
    rederive(person)
    sign_in(person)
    assert "it could be done until" in client.get(f"/learning/{course.public_id}").get_data(as_text=True)
    assert client.post(f"/exams/start/{course.public_id}").status_code == 409


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due_from": "fixed_day"}, "Give the day it is due if that is a fixed one, and only then."),
        ({"due_from": "fixed_day", "fixed_due_on": "2025-01-01"}, "The day it is due lies before the rule begins."),
        ({"combines": "in_order"}, "Give several courses a name, as people will read it."),
        ({"combines": "any_of", "title": "Either"}, "Choose at least two courses, each once."),
        ({"also-0": "itself"}, "Say whether one of the courses is enough, or all in order."),
        ({"minimum_notice_days": "-1"}, "Number must be between 0 and 365."),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(client: Any, sign_in: Any, wrong: dict[str, str], sentence: str) -> None:
    course, _version = a_course()
    sign_in(an_officer("Rui Officer"))
    wrong = {name: str(course.public_id) if value == "itself" else value for name, value in wrong.items()}
    answer = client.post("/training-rules/new", data=form(course, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_rules_are_found_by_regulation_and_a_change_keeps_what_is_not_typed(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    sign_in(an_officer("Rui Officer"))
    asked = form(course, regulation="Circular BCB 3.978/2020", clause="art. 9", look_back_days="90", version_policy="within", version_days="20")
    address = client.post("/training-rules/new", data=asked).location
    page = client.get(address).get_data(as_text=True)
    assert "art. 9" in page
    assert "It counts only for some days more" in page
    assert "Rule 1" in client.get("/training-rules?regulation=Circular+BCB+3.978/2020").get_data(as_text=True)
    assert "There are no rules yet" in client.get("/training-rules?regulation=Another").get_data(as_text=True)
    assert 'value="90"' in client.get(f"{address}/revise").get_data(as_text=True)
    change = {**asked, "due_days": "10", "effective_from": "2026-06-01", "reason": "The circular changed."}
    changed = client.post(f"{address}/revise", data=change).location
    assert client.get(f"{changed}/progress").status_code == 200
    (line,) = rule_lines(on=date(2026, 7, 1))
    terms = line.fact.terms
    assert (terms.look_back_days, terms.version_policy, terms.version_days) == (90, VersionPolicy.WITHIN, 20)
    assert (line.regulation, line.clause, line.fact.source) == ("Circular BCB 3.978/2020", "art. 9", "Circular BCB 3.978/2020, art. 9")


def test_a_new_version_asks_again_by_the_policy_of_the_rule(app: Any) -> None:
    course, version = a_course()
    person = make_person("Nina Rocha")
    make_employment(person, starts_on=date(2026, 1, 5))
    write_draft(RuleDraft(course, None, 30, 24, date(2020, 1, 1), terms=RuleTerms(version_policy=VersionPolicy.WITHIN, version_days=20)), by=None)
    complete(person, version, completed_on=date(2026, 2, 1), by=None, source=CompletionSource.RECORDED)
    assert [row.due_on for row in session.scalars(select(Assignment).order_by(Assignment.cycle))] == [date(2026, 2, 4), date(2028, 1, 31)]
    version.state, version.in_force_from = type(version.state).SUPERSEDED, date(2026, 1, 1)
    later = type(version)(
        course_id=course.id, number=2, state=type(version.state).IN_FORCE, in_force_from=date(2026, 6, 1), approved_at=version.approved_at
    )
    session.add(later)
    session.flush()
    rederive(person)
    rows = session.scalars(select(Assignment).order_by(Assignment.cycle)).all()
    assert [(row.available_on, row.due_on) for row in rows] == [(date(2026, 1, 5), date(2026, 2, 4)), (date(2026, 6, 1), date(2026, 6, 21))]


def test_pages_of_rules_cost_as_many_statements_for_many_rules_as_for_few(client: Any, sign_in: Any) -> None:
    sign_in(an_officer("Rui Officer"))
    counts = []
    for number in (2, 10):
        for _place in range(number):
            course, _version = a_course()
            department = make_department()
            conditions = [Condition(Match.ALL, Trait.BELOW, department.id)]
            write_draft(RuleDraft(course, None, 30, 12, date(2026, 1, 1), conditions=conditions), by=None)
        session.commit()
        seen: list[str] = []
        note: Callable[..., None] = lambda *args: seen.append(args[2])  # noqa: E731, B023
        event.listen(db.engine, "before_cursor_execute", note)
        assert client.get("/training-rules").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
