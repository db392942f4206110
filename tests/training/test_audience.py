"""Whom a rule asks: conditions that all, any or none hold, on days that follow moves, tags and the tree of departments."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.clock import standing_at, today
from core.db import session
from core.errors import Invalid, NotAllowed
from core.groups.actions import end_tag, give_tag, place_department
from core.groups.models import PersonTag
from core.groups.queries import tags_of
from core.people.models import EmploymentType
from core.people.rights import Role
from tests.factories import make_department, make_employment, make_job_role, make_location, make_person
from tests.training.situations import a_course, an_officer
from training.compliance.audience import Audience, Condition, Match, Stretch, Trait, below, with_tags
from training.compliance.standing import parts
from training.public import courses_of_role, standing_of
from training.requirements.actions import revise_rule, write_rule
from training.requirements.models import Assignment, Rule
from training.requirements.queries import facts_of, get_rule, rule_lines

ZONE = "America/Sao_Paulo"
BEGIN = date(2026, 1, 1)
MANAGER, CLERK, SALES, RETAIL, SAO_PAULO, RIO, CASH = 1, 2, 10, 11, 20, 21, 30
HERE = Stretch(BEGIN, None, MANAGER, SALES, SAO_PAULO, "full_time", BEGIN, frozenset({CASH}))


def spans(asks: Any, stretches: list[Stretch]) -> list[tuple[date, date]]:
    return [(since, last) for since, last, _joined in parts(asks, stretches)]


def asks(*conditions: tuple[Match, Trait, int | str]) -> Audience:
    return Audience(tuple(Condition(*one) for one in conditions), {SALES: {SALES: [(date.min, None)]}})


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([], True),
        ([(Match.ALL, Trait.JOB_ROLE, MANAGER), (Match.ALL, Trait.LOCATION, SAO_PAULO)], True),
        ([(Match.ALL, Trait.JOB_ROLE, MANAGER), (Match.ALL, Trait.LOCATION, RIO)], False),
        ([(Match.ANY, Trait.JOB_ROLE, CLERK), (Match.ANY, Trait.TAG, CASH)], True),
        ([(Match.ANY, Trait.JOB_ROLE, CLERK), (Match.ANY, Trait.LOCATION, RIO)], False),
        ([(Match.NONE, Trait.EMPLOYMENT_TYPE, "intern")], True),
        ([(Match.NONE, Trait.EMPLOYMENT_TYPE, "full_time")], False),
        ([(Match.ALL, Trait.DEPARTMENT, SALES), (Match.ANY, Trait.TAG, CASH), (Match.NONE, Trait.LOCATION, RIO)], True),
        ([(Match.ALL, Trait.BELOW, SALES)], True),
        ([(Match.ALL, Trait.DEPARTMENT, RETAIL)], False),
    ],
)
def test_conditions_join_as_all_any_and_none(conditions: list[tuple[Match, Trait, int | str]], expected: bool) -> None:
    assert bool(parts(asks(*conditions), [HERE])) is expected


def test_a_tag_asks_from_its_first_to_its_last_day_and_not_longer() -> None:
    stretches = with_tags([Stretch(BEGIN, None, MANAGER)], [(CASH, date(2026, 3, 1), date(2026, 3, 31)), (CASH, date(2026, 4, 1), date(2026, 4, 9))])
    assert spans(asks((Match.ALL, Trait.TAG, CASH)), stretches) == [(date(2026, 3, 1), date(2026, 4, 9))]
    assert spans(None, stretches) == [(BEGIN, date.max)]


def test_departments_below_follow_the_tree_of_each_day() -> None:
    tree = below([(RETAIL, SALES, BEGIN), (RETAIL, None, date(2026, 6, 1)), (SALES, 9, date(2026, 3, 1))], SALES)
    assert tree[RETAIL] == [(BEGIN, date(2026, 5, 31))]
    audience = Audience((Condition(Match.ALL, Trait.BELOW, SALES),), {SALES: tree})
    assert spans(audience, [Stretch(date(2025, 1, 1), None, MANAGER, RETAIL)]) == [(BEGIN, date(2026, 5, 31))]
    assert spans(audience, [Stretch(date(2025, 1, 1), None, MANAGER, SALES)]) == [(date(2025, 1, 1), date.max)]


days = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@given(st.lists(st.tuples(st.sampled_from([SALES, RETAIL, 12]), st.sampled_from([None, SALES, RETAIL, 12]), days), max_size=5), days)
def test_the_parts_say_of_every_day_what_the_day_itself_says(rows: list[tuple[int, int | None, date]], day: date) -> None:
    rows = sorted(rows, key=lambda row: row[2])
    audience = Audience((Condition(Match.ALL, Trait.BELOW, SALES),), {SALES: below(rows, SALES)})
    stretch = Stretch(date(2026, 1, 10), date(2026, 3, 20), MANAGER, RETAIL)
    inside = any(since <= day <= last for since, last in audience.parts(stretch))
    above = {department: parent for department, parent, since in rows if since <= day}
    step, seen = RETAIL, set()
    while step is not None and step != SALES and step not in seen:
        seen.add(step)
        step = above.get(step)  # type: ignore[assignment]
    assert inside is (stretch.since <= day <= date(2026, 3, 20) and step == SALES)


def _rule(*conditions: tuple[Match, Trait, int | str], role: Any = None) -> Rule:
    course, _version = a_course()
    return write_rule(
        course=course,
        job_role=role,
        due_days=30,
        valid_months=12,
        source="",
        effective_from=date(2025, 1, 1),
        by=an_officer("Rui Officer"),
        conditions=[Condition(*one) for one in conditions],
    )


def test_a_rule_for_a_department_and_those_below_asks_who_belongs_there_on_the_day(app: Any, run_jobs: Any) -> None:
    top, under = make_department("Commercial"), make_department("Retail")
    person = make_person("Nina Rocha")
    make_employment(person, department=under, starts_on=date(2026, 1, 5))
    place_department(under, top, valid_from=date(2026, 2, 1), by=None)
    _rule((Match.ALL, Trait.BELOW, top.id))
    run_jobs()
    assert [(row.available_on, row.due_on) for row in session.scalars(select(Assignment))] == [(date(2026, 2, 1), date(2026, 3, 3))]
    with pytest.raises(Invalid):
        place_department(top, under, valid_from=date(2026, 1, 1), by=None)


def test_what_was_known_of_tags_and_departments_before_a_change_still_tells_the_same(app: Any) -> None:
    with standing_at(datetime.fromisoformat("2026-02-01T12:00:00+00:00")):
        person = make_person("Nina Rocha")
        make_employment(person, starts_on=date(2026, 1, 5))
        give_tag(person, "handles cash", valid_from=date(2026, 1, 10), valid_to=None, by=None)
        tag = session.scalars(select(PersonTag)).one()
        _rule((Match.ALL, Trait.TAG, tag.tag_id))
    with standing_at(datetime.fromisoformat("2026-03-01T12:00:00+00:00")):
        end_tag(tags_of(person)[0], person, last_day=date(2026, 1, 20), by=None)
    rule = rule_lines(on=date(2026, 2, 1))[0].fact
    before = facts_of([person.id], known_at=datetime.fromisoformat("2026-02-15T00:00:00+00:00"))[person.id]
    after = facts_of([person.id])[person.id]
    assert spans(rule.asks, before.stretches) == [(date(2026, 1, 10), date.max)]
    assert spans(rule.asks, after.stretches) == [(date(2026, 1, 10), date(2026, 1, 20))]


def test_a_change_keeps_whom_the_rule_asks_and_words_name_them(app: Any) -> None:
    role, place = make_job_role("Relationship manager"), make_location("Curitiba")
    person = make_person("Nina Rocha")
    make_employment(person, job_role=role, location=place, starts_on=today(ZONE))
    rule = _rule((Match.ALL, Trait.LOCATION, place.id), (Match.NONE, Trait.EMPLOYMENT_TYPE, EmploymentType.INTERN.value), role=role)
    assert rule.job_role_id is None
    revise_rule(
        rule,
        due_days=10,
        valid_months=12,
        window_days=30,
        source="",
        effective_from=today(ZONE) - timedelta(days=1),
        reason="Sooner.",
        by=an_officer("Ana Officer"),
    )
    line = rule_lines(on=today(ZONE))[0]
    assert (line.fact.revision, line.role) == (2, "Relationship manager + Curitiba, not Intern")
    with app.test_request_context():
        (standing,) = standing_of(person, on=today(ZONE))
    assert standing.due_on == today(ZONE) + timedelta(days=10)
    assert courses_of_role(role.id, on=today(ZONE)) == [line.course_title]
    assert courses_of_role(make_job_role().id, on=today(ZONE)) == []


def test_the_same_people_are_not_asked_twice_whatever_the_order_of_conditions(app: Any) -> None:
    place = make_location("Curitiba")
    wanted = [(Match.ALL, Trait.LOCATION, place.id), (Match.NONE, Trait.EMPLOYMENT_TYPE, "intern")]
    rule = _rule(*wanted)
    again = {"job_role": None, "due_days": 5, "valid_months": 6, "source": "", "effective_from": date(2026, 1, 1), "by": an_officer("Ana Officer")}
    with pytest.raises(Invalid):
        write_rule(course=get_rule(rule.public_id).course, conditions=_all(reversed(wanted)), **again)


def _all(wanted: Any) -> list[Condition]:
    return [Condition(*one) for one in wanted]


def test_an_officer_writes_a_rule_with_conditions_and_the_page_names_them(client: Any, sign_in: Any) -> None:
    course, _version = a_course()
    place, department = make_location("Curitiba"), make_department("Retail banking")
    sign_in(an_officer("Rui Officer"))
    assert 'optgroup label="Department and below"' in client.get("/training-rules/new").get_data(as_text=True)
    rule = {"course": str(course.public_id), "job_role": "everybody", "due_days": "30", "window_days": "30", "effective_from": "2026-01-01"}
    rule |= {"conditions-0-joins": "all", "conditions-0-asked": f"location:{place.public_id}"}
    rule |= {"conditions-1-joins": "any", "conditions-1-asked": f"below:{department.public_id}"}
    refused = client.post("/training-rules/new", data={**rule, "conditions-2-joins": "any", "conditions-2-asked": "below:nowhere"})
    assert refused.status_code == 422
    address = client.post("/training-rules/new", data=rule).location
    assert "being one of these: Curitiba, Retail banking and below" in client.get(address).get_data(as_text=True)
    assert "Curitiba, Retail banking and below" in client.get("/training-rules").get_data(as_text=True)


def test_tags_are_given_and_ended_on_pages_and_never_by_oneself(client: Any, sign_in: Any) -> None:
    person = make_person("Nina Rocha")
    make_employment(person, starts_on=date(2026, 1, 5))
    officer = an_officer("Rui Officer")
    make_employment(officer, starts_on=date(2026, 1, 5))
    key, own = person.public_id, officer.public_id
    sign_in(officer)
    address = f"/people/{key}/tags"
    assert address in client.get(f"/people/{key}").get_data(as_text=True)
    assert client.get(address).status_code == 200
    assert client.post(address, data={"tag": " ", "valid_from": "2026-01-10"}).status_code == 422
    tag = {"tag": "handles cash", "valid_from": "2026-01-10"}
    assert client.post(address, data=tag).status_code == 302
    assert client.post(address, data=tag).status_code == 422
    carried = session.scalars(select(PersonTag)).one().public_id
    assert client.get(f"{address}/{carried}/end").status_code == 200
    assert client.post(f"{address}/{carried}/end", data={"last_day": "2026-02-01"}).status_code == 302
    assert client.post(f"{address}/{carried}/end", data={"last_day": "2026-02-01"}).status_code == 404
    assert client.get(f"/people/{own}/tags").status_code == 403


def test_departments_are_arranged_by_human_resources(client: Any, sign_in: Any) -> None:
    top, under = make_department("Commercial"), make_department("Retail")
    keys = top.public_id, under.public_id
    with pytest.raises(NotAllowed):
        place_department(under, top, valid_from=BEGIN, by=an_officer())
    sign_in(make_person("Helena Reis", roles=(Role.HR,)))
    assert client.get(f"/departments/{keys[1]}").status_code == 200
    assert client.post(f"/departments/{keys[1]}", data={"parent": str(keys[0]), "valid_from": "2026-01-01"}).status_code == 302
    assert client.post(f"/departments/{keys[0]}", data={"parent": str(keys[1]), "valid_from": "2026-02-01"}).status_code == 422
    assert client.post(f"/departments/{keys[1]}", data={"parent": "", "valid_from": "2040-02-01"}).status_code == 302
    page = client.get("/departments").get_data(as_text=True)
    assert page.count("Commercial") > 1
    assert client.get(f"/departments/{keys[1]}").status_code == 200
