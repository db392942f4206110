"""The index of standings says of every day what is judged from facts, and is not asked while it does not know a rule."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import today
from core.db import session
from core.groups.actions import place_department
from core.people.models import Department, Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_employment, make_job_role, make_person
from tests.training.situations import Learner, a_failed_exam, a_learner, a_passed_exam, an_exemption, an_officer, read_everything
from training.catalogue.actions import ExamTerms
from training.completions.actions import complete, withdraw_completion
from training.completions.queries import find_completion_of_attempt
from training.compliance.allowances import Away
from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.filtering import ComplianceFilter
from training.compliance.matrix import count, judge_cell
from training.compliance.moment import Moment
from training.compliance.sight import is_indexed, look, look_at_page, totals_of
from training.compliance.standing import FAR, RuleFact, Standing, Stretch
from training.exemptions.actions import revoke_exemption
from training.locks.actions import grant_attempts
from training.requirements.actions import end_rule, rederive, revise_rule
from training.requirements.models import CompletionSource
from training.requirements.queries import PersonFacts
from training.standings.actions import begin_deriving, distrust_standings
from training.standings.intervals import Known, intervals

ZONE = "America/Sao_Paulo"
CLERK, MANAGER, COURSE = 1, 2, 7
FIRST = date(2023, 11, 1)
days = st.integers(0, 900).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def a_rule(draw: st.DrawFn, number: int = 1, since: date = FIRST) -> RuleFact:
    recurrence = draw(st.sampled_from(Recurrence))
    months = draw(st.sampled_from([1, 6, 12, 24])) if recurrence is not Recurrence.COMPLETION else draw(st.sampled_from([None, 1, 6, 12]))
    calendar_from = draw(days) if recurrence is Recurrence.CALENDAR else None
    return RuleFact(
        id=number,
        public_id=UUID(int=number),
        lineage=UUID(int=0),
        number=3,
        revision=number,
        course_id=COURSE,
        job_role_id=draw(st.sampled_from([None, MANAGER])),
        due_days=draw(st.sampled_from([0, 1, 10, 30, 90])),
        valid_months=months,
        window_days=draw(st.sampled_from([0, 1, 30, 90])),
        since=since,
        until=None,
        clock=RuleClock(draw(st.sampled_from([0, 1, 20])), recurrence, calendar_from),
    )


@st.composite
def some_facts(draw: st.DrawFn) -> PersonFacts:
    bounds = sorted(draw(st.sets(days, min_size=1, max_size=4)))
    stretches = [
        Stretch(
            since,
            draw(st.sampled_from([after - timedelta(days=1), after - timedelta(days=4)])) if after else draw(st.sampled_from([None, since])),
            role,
        )
        for since, after, role in zip(
            bounds, [*bounds[1:], None], draw(st.lists(st.sampled_from([CLERK, MANAGER]), min_size=4, max_size=4)), strict=False
        )
    ]
    facts = PersonFacts([one for one in stretches if one.until is None or one.until >= one.since])
    facts.completed[COURSE] = sorted(draw(st.lists(days, max_size=4)))
    facts.started[COURSE] = sorted(draw(st.lists(days, max_size=2)))
    for since in draw(st.lists(days, max_size=2)):
        facts.exempt[COURSE].append((since, draw(st.sampled_from([None, since, since + timedelta(days=45)]))))
    for since in draw(st.lists(days, max_size=2)):
        facts.locked.setdefault(COURSE, []).append((since, draw(st.sampled_from([None, since, since + timedelta(days=30)]))))
    for since in draw(st.lists(days, max_size=2)):
        facts.equivalent[COURSE].append((since, draw(st.sampled_from([None, since + timedelta(days=90), since + timedelta(days=400)]))))
    for since in draw(st.lists(days, max_size=2)):
        facts.away.append(Away(since, draw(st.sampled_from([None, since, since + timedelta(days=60)])), draw(st.sampled_from([0, 30]))))
    for since in draw(st.lists(days, max_size=2)):
        facts.locked.setdefault(COURSE, []).append((since, draw(st.sampled_from([None, since, since + timedelta(days=20)]))))
    return facts


@st.composite
def versions_that_end_others(draw: st.DrawFn, facts: PersonFacts) -> Known:
    """The same facts from the beginning, and from a day on with ends of what was completed."""
    if not draw(st.booleans()):
        return [(date.min, facts)]
    since = draw(days)
    ends = {day: draw(days.filter(lambda end: end >= since)) for day in facts.completed[COURSE] if draw(st.booleans())}
    return [(date.min, facts), (since, replace(facts, ends={COURSE: ends} if ends else {}))]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_each_day_stands_as_it_is_judged(data: st.DataObject) -> None:
    facts = data.draw(some_facts())
    first = data.draw(a_rule())
    change = data.draw(days.filter(lambda day: day > FIRST))
    second = data.draw(a_rule(number=2))
    known = data.draw(versions_that_end_others(facts))
    found = intervals([(FIRST, first), (change, second)], known)
    assert all(one.since <= one.until < other.since for one, other in pairwise(found))
    by_day = [
        next(((each.rule_id, each.state) for each in found if each.since <= day <= each.until), None)
        for day in (FIRST + timedelta(days=number) for number in range(1300))
    ]
    for number, told in enumerate(by_day):
        day = FIRST + timedelta(days=number)
        rule = first if day < change else second
        state = judge_cell(rule, [so_far for since, so_far in known if since <= day][-1], on=day).state
        assert told == (None if state is Standing.NOT_REQUIRED else (rule.id, state)), day


def test_what_nothing_changes_lasts_for_ever() -> None:
    facts = PersonFacts([Stretch(FIRST, None, CLERK)])
    facts.completed[COURSE].append(FIRST)
    rule = RuleFact(1, UUID(int=1), UUID(int=1), 1, 1, COURSE, None, 30, None, 30, FIRST, None)
    assert [(each.state, each.since, each.until) for each in intervals([(FIRST, rule)], [(date.min, facts)])] == [(Standing.COMPLIANT, FIRST, FAR)]


def told_alike(viewer: Person, wanted: ComplianceFilter | None = None, *, on: date | None = None) -> Counter[Standing]:
    """That the index and judging everybody say the same, and what they say."""
    viewer, wanted, moment = get_person_by_key(viewer.id), wanted or ComplianceFilter(), Moment(on or today(ZONE))
    assert is_indexed(moment)
    from_index, sight = totals_of(viewer, wanted, moment=moment)
    judged = look(viewer, wanted, state=None, moment=moment)
    expected = count(judged.rows)
    assert sight is None
    states = Counter({state: number for state, number in expected.states.items() if state is not Standing.NOT_REQUIRED})
    assert Counter(from_index.states) == states
    assert (from_index.people, from_index.people_in_order, from_index.percent) == (expected.people, expected.people_in_order, expected.percent)
    for state in Standing:
        asked_alone, shown = look_at_page(viewer, wanted, state=state, moment=moment, number=1)
        assert {asked_alone.people[row.person_id].name for row in shown.rows} == {
            judged.people[row.person_id].name for row in judged.rows if any(cell.state is state for cell in row.cells)
        }
    return states


def indexed(run_jobs: Callable[[], Any]) -> Learner:
    """Somebody of whom a rule asks a course that the index knows."""
    learner = a_learner(starts_on=today(ZONE) - timedelta(days=400))
    session.commit()
    run_jobs()
    return learner


def test_before_the_rule_is_derived_everybody_is_judged(app: Any, run_jobs: Any) -> None:
    officer = an_officer("Rui Officer")
    learner = a_learner()
    assert not is_indexed(Moment(today(ZONE)))
    counted, sight = totals_of(officer, ComplianceFilter(), moment=Moment(today(ZONE)))
    assert counted.required == 1
    assert sight is not None
    session.commit()
    run_jobs()
    assert told_alike(officer) == {Standing.NOT_STARTED: 1}
    assert not is_indexed(Moment(today(ZONE), known_on=today(ZONE)))
    day = today(ZONE) + timedelta(days=1)
    terms = {"due_days": 5, "valid_months": 12, "window_days": 30, "source": "", "effective_from": day, "reason": "Shorter."}
    revise_rule(learner.rule, **terms, by=get_person_by_key(officer.id))  # type: ignore[arg-type]
    assert not is_indexed(Moment(today(ZONE)))
    session.commit()
    run_jobs()
    assert told_alike(officer, on=day) == {Standing.DUE_SOON: 1}
    assert told_alike(officer) == {Standing.NOT_STARTED: 1}


def test_the_index_follows_everything_that_happens_to_a_person(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer = an_officer("Rui Officer")
    assert told_alike(officer) == {Standing.OVERDUE: 1}
    read_everything(learner)
    assert told_alike(officer) == {Standing.OVERDUE: 1}
    _learner, attempt = a_passed_exam(learner)
    assert told_alike(officer) == {Standing.COMPLIANT: 1}
    completion = find_completion_of_attempt(attempt.id)
    assert completion is not None
    completion.person = learner.person
    withdraw_completion(completion, reason="Somebody else sat it.", by=officer)
    assert told_alike(officer) == {Standing.OVERDUE: 1}
    exemption = an_exemption(learner.person, learner.course, valid_from=today(ZONE))
    assert told_alike(officer) == {Standing.EXEMPT: 1}
    revoke_exemption(exemption, from_day=today(ZONE), reason="Back.", by=officer)
    complete(learner.person, learner.version, completed_on=today(ZONE) - timedelta(days=350), by=officer, source=CompletionSource.RECORDED)
    assert told_alike(officer) == {Standing.EXPIRING: 1}
    assert told_alike(officer, on=today(ZONE) + timedelta(days=30)) == {Standing.EXPIRED: 1}
    assert told_alike(officer, on=today(ZONE) - timedelta(days=360)) == {Standing.OVERDUE: 1}


def test_an_exam_locked_and_opened_again_is_in_the_index_at_once(app: Any, run_jobs: Any) -> None:
    learner, officer = a_learner(terms=ExamTerms(item_count=6, attempts_allowed=1)), an_officer("Rui Officer")
    session.commit()
    run_jobs()
    a_failed_exam(learner)
    assert told_alike(officer) == {Standing.LOCKED: 1}
    grant_attempts(learner.person, learner.version, reason="The fire alarm went off.", by=officer)
    assert told_alike(officer) == {Standing.IN_PROGRESS: 1}


def test_who_begins_and_who_joins_is_in_the_index_at_once(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer = an_officer("Rui Officer")
    newcomer = make_person("Nora Newcomer", roles=(Role.NEW_HIRE,))
    make_employment(newcomer, job_role=learner.job_role, starts_on=today(ZONE) - timedelta(days=3))
    rederive(newcomer)
    assert told_alike(officer) == {Standing.OVERDUE: 1, Standing.NOT_STARTED: 1}
    read_everything(Learner(newcomer, learner.course, learner.version, learner.rule, learner.job_role))
    assert told_alike(officer) == {Standing.OVERDUE: 1, Standing.IN_PROGRESS: 1}


def test_a_rule_that_has_ended_asks_nobody_any_more(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer = an_officer("Rui Officer")
    end_rule(learner.rule, last_day=today(ZONE), reason="Replaced.", by=officer)
    session.commit()
    run_jobs()
    assert told_alike(officer) == {Standing.OVERDUE: 1}
    assert told_alike(officer, on=today(ZONE) + timedelta(days=1)) == {}


def test_filters_count_alike(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer = an_officer("Rui Officer")
    boss, middle, low = (make_person(name, roles=(Role.MANAGER,)) for name in ("Bia Boss", "Mia Middle", "Leo Low"))
    for person, manager in ((middle, boss), (low, middle), (make_person("Eva Elsewhere"), None)):
        make_employment(person, job_role=learner.job_role, manager=manager, starts_on=today(ZONE))
        rederive(person)
    manager = str(boss.public_id)
    assert told_alike(officer, ComplianceFilter(manager=manager))[Standing.NOT_STARTED] == 1
    assert told_alike(officer, ComplianceFilter(manager=manager, reach="below"))[Standing.NOT_STARTED] == 2
    assert told_alike(officer, ComplianceFilter(words="eva")) == {Standing.NOT_STARTED: 1}
    assert told_alike(officer, ComplianceFilter(regulation=learner.rule.source)).total() == 4
    assert told_alike(officer, ComplianceFilter(regulation="Another law")).total() == 0
    assert told_alike(officer, ComplianceFilter(place="junk")).total() == 0
    assert told_alike(boss) == {Standing.NOT_STARTED: 1}


def test_a_department_is_looked_at_with_those_below_it_on_the_day(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer, day = an_officer("Rui Officer"), today(ZONE)
    top, under = Department(name="Top of all"), Department(name="Under it")
    for number, department in enumerate((top, under)):
        person = make_person(f"Person {number}")
        make_employment(person, job_role=learner.job_role, department=department, starts_on=day - timedelta(days=9))
        rederive(person)
    place_department(under, top, valid_from=day - timedelta(days=3), by=None)
    asked = ComplianceFilter(department=str(top.public_id))
    assert told_alike(officer, asked).total() == 2
    assert told_alike(officer, asked, on=day - timedelta(days=4)).total() == 1
    assert told_alike(officer, replace(asked, alone="yes")).total() == 1
    place_department(under, None, valid_from=day, by=None)
    assert told_alike(officer, asked).total() == 1


def test_a_version_that_ends_others_distrusts_the_index(app: Any, run_jobs: Any) -> None:
    indexed(run_jobs)
    officer = an_officer("Rui Officer")
    distrust_standings()
    assert not is_indexed(Moment(today(ZONE)))
    begin_deriving()
    session.commit()
    run_jobs()
    assert told_alike(officer) == {Standing.OVERDUE: 1}


def test_everything_can_be_derived_anew(app: Any, run_jobs: Any) -> None:
    learner = indexed(run_jobs)
    officer = an_officer("Rui Officer")
    make_employment(make_person("Nina Unnoticed"), job_role=learner.job_role, starts_on=today(ZONE))  # nobody said so
    begin_deriving(anew=True)
    session.commit()
    run_jobs()
    assert told_alike(officer) == {Standing.OVERDUE: 1, Standing.NOT_STARTED: 1}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_matrix_can_be_taken_along(client: Any, sign_in: Any, run_jobs: Any, form: str) -> None:
    learner = indexed(run_jobs)
    sign_in(an_officer("Rui Officer"))
    text = client.get("/compliance").get_data(as_text=True)
    assert f"/compliance/export.{form}" in text
    answer = client.get(f"/compliance/export.{form}?words=nina")
    assert answer.status_code == 200
    assert answer.data[:2] == (b"PK" if form == "xlsx" else "\ufeff".encode()[:2])
    assert learner.job_role is not None


def test_a_workbook_too_large_is_refused_with_what_to_do(client: Any, sign_in: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(run_jobs)
    monkeypatch.setattr("training.compliance.views.MOST_OF_A_WORKBOOK", 1)
    sign_in(an_officer("Rui Officer"))
    refused = client.get("/compliance/export.xlsx")
    assert refused.status_code == 409
    assert "take them as CSV" in refused.get_data(as_text=True)


def test_totals_and_hash_as_pages(client: Any, sign_in: Any, run_jobs: Any) -> None:
    indexed(run_jobs)
    make_job_role("Another role")
    sign_in(an_officer("Rui Officer"))
    text = client.get("/compliance/totals").get_data(as_text=True)
    assert "Overdue" in text
    assert "Work out the hash" in text
    assert "Hash of this report" in client.get("/compliance/hash").get_data(as_text=True)
    assert "<html" not in client.get("/compliance/hash", headers={"Hx-Request": "true"}).get_data(as_text=True)
