"""Figures about onboarding: true to the rows, within what the viewer oversees, the same on page, in file and in the list behind a number."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from time_machine import travel
from werkzeug.datastructures import FileStorage

from core.clock import now, standing_at, today
from core.db import session
from core.people.models import Employment, JobRole, Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checklists.actions import accept_document, acknowledge, cancel_checklist, hand_in, let_off, tick_task
from onboarding.checklists.models import TaskState
from onboarding.insight.productive import Needed, productive_on
from onboarding.insight.queries import InsightFilter
from onboarding.insight.reports import REPORTS, by_part, by_phase, by_template, drop_off, mentors, productive
from onboarding.moments import Moment
from onboarding.policies.queries import version_in_force
from onboarding.shadowing.holding import Seen, SignOff, sign_off, write_log
from onboarding.templates.models import TaskKind
from tests.onboarding.reviewing import a_review_near
from tests.situations import Onboarding, a_colleague, a_pdf, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]
ALL = InsightFilter()
START = date(2026, 3, 2)


@pytest.fixture
def people(app: object) -> list[Onboarding]:
    """Three who began twelve days ago: one did everything on time, one nothing, one was cancelled; a fourth has another manager."""
    noon = now().replace(hour=12, minute=0, second=0, microsecond=0)  # days are the same whenever the test runs
    with standing_at(noon - timedelta(days=20)):
        first = a_running_checklist(name="Nina Alves", starts_in=8)
        others = [a_running_checklist(name=name, starts_in=8, manager=first.manager, hr=first.hr) for name in ("Olga Reis", "Rui Sá")]
        stranger = a_running_checklist(name="Zoe Fora", starts_in=8, hr=first.hr)
    with standing_at(noon - timedelta(days=19)):
        _do_all(first)
        _shadow(first)
    cancel_checklist(others[1].checklist, reason="Não veio.", by=again(first.hr))
    session.flush()
    return [first, *others, stranger]


def again(person: Person) -> Person:
    return get_person(person.public_id)


def _do_all(onboarding: Onboarding) -> None:
    hr, nina = again(onboarding.hr), again(onboarding.new_hire)
    for key in ("contract", "laptop"):
        tick_task(onboarding.task(key), by=hr)
    tick_task(onboarding.task("hello"), by=nina)
    tick_task(onboarding.task("talk"), by=again(onboarding.manager))
    document = onboarding.task("document")
    hand_in(document, FileStorage(BytesIO(a_pdf()), filename="rg.pdf"), by=nina)
    accept_document(document, version=document.version, by=hr)
    policy = onboarding.task("policy")
    acknowledge(policy, typed_name=nina.name, sha256=version_in_force(policy.policy_id or 0).sha256, by=nina)
    let_off(onboarding.task("lunch"), TaskState.WAIVED, reason="Jejum.", until=today() + timedelta(days=30), by=hr)


def _shadow(onboarding: Onboarding) -> None:
    held = a_shadowing_session(onboarding, starts_in=timedelta(days=14))
    with standing_at(held.ends_at + timedelta(hours=1)):
        write_log(held, {row.objective_id: Seen(True, "Uma conversa.") for row in held.observations}, by=again(onboarding.new_hire))
        sign_off(held, SignOff(agrees=True), by=held.mentor)


def cells(report: Any) -> dict[Any, tuple[Any, ...]]:
    return {line.cells[0]: line.cells[1:] for line in report.lines}


@pytest.mark.parametrize(
    ("ticked", "needed", "completed", "signed_off", "expected"),
    [
        (None, Needed(), {}, [], 0),
        (3, Needed(), {}, [], 3),
        (-4, Needed(), {}, [], 0),
        (3, Needed((1,)), {}, [], None),
        (3, Needed((1,)), {1: 9}, [], 9),
        (3, Needed((1,)), {1: -300}, [], 3),
        (3, Needed((), 2), {}, [5], None),
        (3, Needed((), 2), {}, [5, 7, 20], 7),
        (11, Needed((1, 2), 1), {1: 2, 2: 4}, [5], 11),
    ],
)
def test_productive_is_the_day_the_last_required_thing_was_done(
    ticked: int | None, needed: Needed, completed: dict[int, int], signed_off: list[int], expected: int | None
) -> None:
    def day(offset: int) -> date:
        return START + timedelta(days=offset)

    held = {course: day(offset) for course, offset in completed.items()}
    found = productive_on(START, None if ticked is None else day(ticked), needed, held, [day(offset) for offset in signed_off])
    assert found == (None if expected is None else day(expected))


def test_the_figures_say_what_happened(people: list[Onboarding]) -> None:
    hr = again(people[0].hr)
    told = cells(productive(hr, ALL))
    assert told["Everybody"][2:] == (1, 2)  # the cancelled one is left out
    assert told["Everybody"][0] == 7.0  # the session was signed off a week after the start
    phases = cells(by_phase(hr, ALL))
    assert phases["Before day one"] == (33.3, 9, 3, 6)
    assert cells(by_part(hr, ALL))["IT"] == (33.3, 3, 1, 2)
    assert cells(by_template(hr, ALL))["Everyone"][1] == sum(row[1] for row in phases.values())
    drop = cells(drop_off(hr, ALL))
    assert drop["Before day one"] == (4, 100.0, 2, 1)
    assert drop["Everything done"] == (1, 25.0, 1, 0)
    assert [line.cells[1:] for line in mentors(hr, ALL).lines] == [(1.0, 1, 1)]


def test_a_manager_counts_their_own_people_only(people: list[Onboarding]) -> None:
    manager, other = again(people[0].manager), again(people[3].manager)
    assert cells(productive(manager, ALL))["Everybody"][2:] == (1, 1)
    assert cells(productive(other, ALL))["Everybody"][2:] == (0, 1)
    assert cells(drop_off(other, ALL))["Before day one"][0] == 1
    assert mentors(other, ALL).lines == ()
    assert all(REPORTS[name](a_colleague("Sem Gente", Role.MANAGER), ALL).lines == () for name in REPORTS)


def test_period_and_role_narrow_what_is_counted(people: list[Onboarding]) -> None:
    hr = again(people[0].hr)
    role = session.scalars(
        select(JobRole).join(Employment, Employment.job_role_id == JobRole.id).where(Employment.person_id == people[1].new_hire.id)
    ).one()
    assert cells(productive(hr, InsightFilter(role=role.public_id)))["Everybody"][2:] == (0, 1)
    month = people[0].checklist.starts_on.replace(day=1)
    assert cells(drop_off(hr, InsightFilter(since=month, until=month)))["Before day one"][0] == 4
    later = (month + timedelta(days=40)).replace(day=1)
    assert drop_off(hr, InsightFilter(since=later)).lines == ()


def test_done_in_the_evening_of_the_day_at_the_place_is_in_time(app: object) -> None:
    with standing_at(now() - timedelta(days=20)):
        onboarding = a_running_checklist(starts_in=3)
    task = onboarding.task("hello")
    evening = now().replace(year=task.due_on.year, month=task.due_on.month, day=task.due_on.day, hour=23, minute=30) + timedelta(hours=3)
    with standing_at(evening):  # 23:30 in São Paulo, the next day in UTC
        tick_task(task, by=again(onboarding.new_hire))
    assert cells(by_part(again(onboarding.hr), ALL))["New hire"][2] == 1


def test_page_file_and_list_name_the_same_people(client: Any, sign_in: SignIn, people: list[Onboarding]) -> None:
    for viewer in (people[0].hr, people[0].manager, people[3].manager):
        sign_in(again(viewer))
        for name, report in REPORTS.items():
            made = report(again(viewer), ALL)
            address = f"/onboarding/insight/{name}"
            assert client.get(address).status_code == 200
            assert client.last_statements <= 12, name
            assert client.get(f"{address}/chart.svg").mimetype == "image/svg+xml"
            assert client.get(f"{address}/narrow-chart.svg").status_code == 200
            rows = list(csv.reader(StringIO(client.get(f"{address}.csv").get_data(as_text=True).lstrip("\ufeff"))))
            assert [row[0] for row in rows[1:]] == [str(line.cells[0]) for line in made.lines]
            sheet = openpyxl.load_workbook(BytesIO(client.get(f"{address}.xlsx").data)).active
            assert sheet is not None
            assert sheet.max_row == len(rows)
            for line in made.lines:
                for column, behind in line.behind.items():
                    query = {"line": line.key, "column": str(column)}
                    listed = list(csv.reader(StringIO(client.get(f"{address}/people.csv", query_string=query).get_data(as_text=True))))
                    assert len(listed) - 1 == len(behind)
                    shown = client.get(f"{address}/people", query_string=query).get_data(as_text=True)
                    assert all(row[0] in shown for row in listed[1:])
                    assert sum(float(row[4]) for row in listed[1:] if row[4]) == pytest.approx(
                        sum(float(part) for part in behind.values() if isinstance(part, int | float))
                    )


def test_nobody_else_sees_figures_and_a_made_up_number_is_not_found(client: FlaskClient, sign_in: SignIn, people: list[Onboarding]) -> None:
    sign_in(again(people[0].new_hire))
    assert client.get("/onboarding/insight").status_code == 403
    assert client.get("/onboarding/insight/productive/people?line=all&column=3").status_code == 403
    sign_in(again(people[0].hr))
    for asked in ("", "?line=all", "?line=all&column=1", "?line=nobody&column=3", "?line=all&column=²"):
        assert client.get(f"/onboarding/insight/productive/people{asked}").status_code == 404
    assert client.get("/onboarding/insight/pulse?since=nonsense&department=nonsense").status_code == 200


def test_the_number_behind_a_line_is_the_managers_own(client: FlaskClient, sign_in: SignIn, people: list[Onboarding]) -> None:
    sign_in(again(people[3].manager))
    shown = client.get("/onboarding/insight/drop-off/people?line=before_day_one&column=1").get_data(as_text=True)
    assert "Zoe Fora" in shown
    assert "Nina Alves" not in shown


def test_days_to_productive_are_those_of_the_place(app: object) -> None:
    """At ten in the evening in São Paulo it is the next day in Greenwich."""
    with travel("2027-03-01 15:00:00 +0000", tick=False):
        found = a_running_checklist(starts_in=0)
        _do_all_but_shadowing(found)
    with travel("2027-03-06 01:00:00 +0000", tick=False):  # still the fifth there
        tick_task(found.task("talk"), by=again(found.manager))
        assert cells(productive(again(found.hr), ALL))["Everybody"][0] == 4.0


def test_a_required_review_counts_when_it_is_signed_and_is_no_session(app: object) -> None:
    near = a_review_near()
    _do_all_but_shadowing(near.onboarding)
    tick_task(near.onboarding.task("talk"), by=near.manager)
    shadowing = near.onboarding.task("shadowing")
    shadowing.kind, shadowing.moment, shadowing.required = TaskKind.REVIEW, Moment.DAY_30, True
    session.flush()
    assert cells(productive(near.hr, ALL))["Everybody"][2:] == (0, 1)
    near.both_send()
    near.put_forward()
    near.both_sign()
    assert cells(productive(near.hr, ALL))["Everybody"] == (20.0, 20, 1, 0)


def _do_all_but_shadowing(onboarding: Onboarding) -> None:
    """Everything but the manager's task; shadowing is let off, as by human resources."""
    hr = again(onboarding.hr)
    for key in ("contract", "laptop"):
        tick_task(onboarding.task(key), by=hr)
    tick_task(onboarding.task("hello"), by=again(onboarding.new_hire))
    for key in ("document", "policy", "shadowing"):
        onboarding.task(key).required = False
    session.flush()
