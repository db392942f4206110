"""Deriving after each change gives what deriving everything from nothing gives: random histories of people, tags, completions and rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from core.clock import standing_at
from core.db import session
from core.errors import Refusal
from core.groups.actions import end_tag, give_tag, place_department
from core.groups.queries import tags_of
from core.people.actions import begin_employment, take_back_employment
from core.people.models import Department, JobRole, Location, Person
from core.people.moving import end_employment
from core.people.queries import employments_of
from tests.factories import make_department, make_job_role, make_location, make_person
from tests.training.situations import a_course, an_officer
from training.catalogue.models import Course, CourseVersion
from training.completions.actions import complete, withdraw_completion
from training.compliance.audience import Condition, Match, Trait
from training.compliance.expiry import Recurrence, RuleClock
from training.compliance.terms import Combination, DueFrom, RuleTerms, VersionPolicy
from training.requirements import queries, rounds
from training.requirements.actions import end_rule, rederive, revise_rule, write_draft
from training.requirements.deriving import deriving_once, rederive_many
from training.requirements.drafts import RuleDraft
from training.requirements.models import Assignment, Completion, CompletionSource, DerivationRound, Rule

BEGIN = date(2025, 1, 1)
NOW = datetime.fromisoformat("2026-11-01T12:00:00+00:00")


class World:
    """Two people, two courses, and every way to change what is asked of them; each change derives only what it touches."""

    def __init__(self) -> None:
        self.officer = an_officer("Rui Officer")
        pairs = [a_course(title=title) for title in ("Money laundering", "Ethics")]
        self.courses: list[Course] = [course for course, _version in pairs]
        self.versions: list[CourseVersion] = [version for _course, version in pairs]
        self.people: list[Person] = [make_person(f"Person {number}") for number in range(2)]
        self.roles: list[JobRole] = [make_job_role() for _number in range(2)]
        self.places: list[Location] = [make_location() for _number in range(2)]
        self.departments: list[Department] = [make_department() for _number in range(2)]

    def change(self, name: str, which: int, other: int, day: int) -> None:
        """Do one thing; what cannot be done is left."""
        try:
            with session.begin_nested():
                getattr(self, f"_{name}")(which, other, BEGIN + timedelta(days=day))
        except Refusal:
            pass
        session.flush()

    def _move(self, which: int, other: int, day: date) -> None:
        person = self.people[which]
        if any(row.valid_from > day for row in employments_of(person)):
            return
        place = {"job_role": self.roles[other], "department": self.departments[other], "location": self.places[which]}
        begin_employment(person, **place, manager=None, starts_on=day, by=None)
        rederive(person)

    def _leave(self, which: int, other: int, day: date) -> None:
        rows = employments_of(self.people[which])
        if rows and day >= rows[0].valid_from:
            session.refresh(rows[0], ["person"])
            end_employment(rows[0], last_day=max(day, date(2026, 10, 1)), reason="", by=None)
            rederive(self.people[which])

    def _never_began(self, which: int, other: int, day: date) -> None:
        rows = employments_of(self.people[which])
        if rows:
            session.refresh(rows[0], ["person"])
            take_back_employment(rows[0], reason="", by=None)
            rederive(self.people[which])

    def _tag(self, which: int, other: int, day: date) -> None:
        give_tag(self.people[which], "cash", valid_from=day, valid_to=day + timedelta(days=90) if other else None, by=None)
        rederive(self.people[which])

    def _untag(self, which: int, other: int, day: date) -> None:
        carried = tags_of(self.people[which])
        if carried:
            end_tag(carried[0], self.people[which], last_day=day, by=None)
            rederive(self.people[which])

    def _complete(self, which: int, other: int, day: date) -> None:
        complete(self.people[which], self.versions[other], completed_on=day, by=None, source=CompletionSource.RECORDED)

    def _withdraw(self, which: int, other: int, day: date) -> None:
        query = select(Completion).where(Completion.person_id == self.people[which].id, Completion.superseded_at.is_(None))
        found = session.scalars(query.order_by(Completion.id)).first()
        if found is not None:
            session.refresh(found, ["person"])
            withdraw_completion(found, reason="It was another person.", by=None)

    def _place(self, which: int, other: int, day: date) -> None:
        place_department(self.departments[which], self.departments[1 - which] if other else None, valid_from=day, by=None)
        rederive_many([person.id for person in self.people])

    def _rule(self, which: int, other: int, day: date) -> None:
        draft = RuleDraft(self.courses[which], None, 30, 12, day, stricter_counts=True)
        tag = give_tag(self.officer, f"tag {day} {which} {other}", valid_from=day, valid_to=None, by=None).tag_id if other else 0
        kinds = [
            draft,
            replace(draft, job_role=self.roles[other], due_days=5, terms=RuleTerms(minimum_notice_days=10, due_from=DueFrom.JOINING)),
            replace(draft, conditions=[Condition(Match.ALL, Trait.BELOW, self.departments[other].id)], terms=RuleTerms(look_back_days=100)),
            replace(draft, conditions=[Condition(Match.NONE, Trait.LOCATION, self.places[other].id)], valid_months=6),
            replace(draft, clock=RuleClock(5, Recurrence.CALENDAR, BEGIN), conditions=[Condition(Match.ANY, Trait.TAG, tag)] if tag else ()),
            replace(draft, also=[self.courses[1 - which]], title="Both", terms=RuleTerms(combines=Combination.IN_ORDER)),
            replace(draft, also=[self.courses[1 - which]], title="Either", terms=RuleTerms(combines=Combination.ANY_OF, opens_days=10)),
            replace(draft, terms=RuleTerms(version_policy=VersionPolicy.WITHIN), job_role=self.roles[other], clock=RuleClock(0, Recurrence.DUE_DATE)),
        ]
        write_draft(kinds[day.day % len(kinds)], by=None)
        self._carry_on()

    def _revise(self, which: int, other: int, day: date) -> None:
        rules = session.scalars(select(Rule).where(Rule.revision == 1).order_by(Rule.id)).all()
        if rules:
            terms = {"due_days": 10 + other, "valid_months": 18, "window_days": 20, "source": "", "reason": "It changed."}
            revise_rule(rules[which % len(rules)], **terms, effective_from=day, by=self.officer)  # type: ignore[arg-type]
            self._carry_on()

    def _end(self, which: int, other: int, day: date) -> None:
        rules = session.scalars(select(Rule).where(Rule.revision == 1).order_by(Rule.id)).all()
        if rules:
            end_rule(rules[-1 - which % len(rules)], last_day=day, reason="No longer.", by=self.officer)
            self._carry_on()

    def _carry_on(self) -> None:
        for found in session.scalars(select(DerivationRound).where(DerivationRound.finished_at.is_(None))):
            while rounds.carry_on(found):
                pass


def derived() -> set[tuple[Any, ...]]:
    session.flush()
    rows = session.scalars(select(Assignment).execution_options(populate_existing=True)).all()
    assert len({(row.person_id, row.chain, row.cycle) for row in rows}) == len(rows)
    return {(row.person_id, row.rule_id, row.lineage, row.chain, row.cycle, row.available_on, row.due_on, row.met_on, row.ended_on) for row in rows}


KINDS = ("move", "leave", "never_began", "tag", "untag", "complete", "withdraw", "place", "rule", "revise", "end")
histories = st.lists(
    st.tuples(st.sampled_from((*KINDS, "rule", "move", "complete")), st.integers(0, 1), st.integers(0, 1), st.integers(0, 700)),
    min_size=3,
    max_size=9,
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink one of these takes longer than all tests may
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories)
def test_deriving_after_each_change_is_deriving_everything_from_nothing(app: Any, history: list[tuple[str, int, int, int]]) -> None:
    session.rollback()
    with standing_at(NOW):
        world = World()
        world.change("rule", 0, 0, 7)
        for person in (0, 1):
            world.change("move", person, person, 20)
        for number, step in enumerate(history, start=1):
            with standing_at(NOW + timedelta(minutes=number)):  # two moves are never written at one instant
                world.change(*step)
    with standing_at(NOW + timedelta(hours=1)):  # after all of it was written down
        incremental = derived()
        session.execute(delete(Assignment))
        session.expire_all()
        rederive_many([person.id for person in world.people])
        assert derived() == incremental
        rederive_many([person.id for person in world.people])
        assert derived() == incremental
    session.rollback()
    session.expunge_all()


def test_a_round_goes_in_batches_and_tells_how_far_it_is(app: Any, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], int]) -> None:
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    course, _version = a_course()
    for number in range(5):
        begin = {"job_role": make_job_role(), "department": make_department(), "location": make_location()}
        begin_employment(make_person(f"Person {number}"), **begin, manager=None, starts_on=date(2026, 1, 5), by=None)  # type: ignore[arg-type]
    rule = write_draft(RuleDraft(course, None, 30, 12, date(2026, 2, 1)), by=None)
    found = queries.last_round(rule)
    assert found is not None
    assert (found.done, found.total, rounds.carry_on(found), found.done) == (0, 5, True, 2)
    assert len(derived()) == 2
    run_jobs()
    again = queries.last_round(rule)
    assert again is not None
    assert (again.done, again.finished_at is not None, len(derived())) == (5, True, 5)


def test_what_is_written_at_once_is_derived_once_at_the_end(app: Any) -> None:
    world = World()
    world.change("rule", 0, 0, 7)
    for number in (0, 1):
        world.change("move", number, number, 20)
    before = derived()
    with deriving_once():
        for person in world.people:
            complete(person, world.versions[0], completed_on=date(2026, 10, 1), by=None, source=CompletionSource.RECORDED)
        assert derived() == before
    assert {row[-2] for row in derived() if row[4] == max(other[4] for other in derived())} == {None} and derived() != before
    after = derived()
    rederive_many([person.id for person in world.people])
    assert derived() == after
