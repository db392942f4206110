"""People and programmes that the tests of shadowing share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.people.models import Person
from core.people.queries import employments_of, get_person
from core.people.rights import Role
from onboarding.mentors.actions import Profile, add_mentor
from onboarding.mentors.models import Mentor
from onboarding.programmes.actions import StageText, add_stage, put_into_use, write_programme
from onboarding.programmes.models import Participation, Programme, StageKind
from onboarding.programmes.objectives import Mode
from onboarding.programmes.queries import find_participation
from onboarding.programmes.taking_part import begin_programme
from onboarding.shadowing.actions import Plan, accept, schedule
from onboarding.shadowing.holding import Seen, SignOff, Verdict, sign_off, write_log
from onboarding.shadowing.models import Observation, Session
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.shadowing.queries import get_session, objectives
from onboarding.shadowing.times import Stretch
from tests.factories import make_employment
from tests.situations import Onboarding, a_colleague, a_running_checklist

SignIn = Callable[[Person], Person]


def a_mentor(name: str = "Beatriz Moura", **profile: Any) -> Person:
    """An experienced colleague; with a profile when anything of it is given."""
    person = a_colleague(name, Role.MENTOR)
    make_employment(person, starts_on=date(2020, 1, 6))
    if profile:
        a_profile(person, **profile)
    return person


def a_profile(person: Person, **profile: Any) -> Mentor:
    return add_mentor(person, profile=Profile(**profile), by=None)


def a_programme(onboarding: Onboarding, *stages: StageText, course_id: int | None = None) -> Programme:
    """A programme in use for the new hire's job role."""
    add_usual_objectives(by=None)
    role = employments_of(onboarding.new_hire)[0].job_role
    programme = write_programme(name="Relationship managers", job_role=role, reading="Read the **handbook** first.", course_id=course_id, by=None)
    two = list(objectives())[:2]
    for stage in stages or (StageText(StageKind.OBSERVE, two), StageText(StageKind.SUPERVISED, two, is_reversed=True, needs_approval=True)):
        add_stage(programme, text=stage, by=None)
    put_into_use(programme, by=None)
    return programme


@dataclass
class Scene:
    """A new hire in a programme, with a mentor."""

    onboarding: Onboarding
    mentor: Person

    @property
    def participation(self) -> Participation:
        found = find_participation(self.new_hire, running=False)
        assert found is not None
        session.refresh(found, ["state", "stage_id"])
        return found

    @property
    def new_hire(self) -> Person:
        return self.onboarding.new_hire

    @property
    def manager(self) -> Person:
        return get_person(self.onboarding.manager.public_id)

    def session(self, *, days_ago: float = 1, hours: float = 1, accepted: bool = True, mentor: Person | None = None) -> Session:
        """A session of the stage the new hire is in; in the future when `days_ago` is negative."""
        starts_at = (now() - timedelta(days=days_ago)).replace(minute=0, second=0, microsecond=0)
        plan = Plan(
            person=self.new_hire,
            mentor=mentor or self.mentor,
            mode=Mode.ON_SITE,
            days=[Stretch(starts_at, starts_at + timedelta(hours=hours))],
            time_zone="America/Sao_Paulo",
            objectives=list(objectives())[:2],
            place="Agência Paulista",
            participation=self.participation if self.participation.stage_id is not None else None,
        )
        made = schedule(plan, by=self.manager, past_allowed=days_ago > 0)
        found = self.fresh(made)
        if accepted:
            for person in (self.new_hire, mentor or self.mentor):
                accept(found, by=person)
        return found

    def fresh(self, found: Session) -> Session:
        session.flush()
        session.expire_all()
        return get_session(found.public_id, viewer=self.manager)

    def log(self, found: Session, *, seen: bool = True) -> None:
        write_log(found, {row.objective_id: Seen(seen, "A client asked for time.") for row in found.observations}, by=self.new_hire)

    def sign(self, found: Session, *, seen: bool | None = None, rating: int | None = None) -> None:
        verdicts = {row.objective_id: Verdict(seen, rating=rating) for row in found.observations}
        sign_off(found, SignOff("Well asked.", verdicts), by=found.mentor)


def a_scene(*stages: StageText, course_id: int | None = None, **profile: Any) -> Scene:
    onboarding = a_running_checklist(starts_in=-40)
    programme = a_programme(onboarding, *stages, course_id=course_id)
    begin_programme(onboarding.new_hire, programme, by=None)
    return Scene(onboarding, a_mentor(**profile))


def keys_of(found: Session) -> list[int]:
    return list(session.scalars(select(Observation.objective_id).where(Observation.session_id == found.id).order_by(Observation.id)))


def next_monday(weeks: int = 1) -> date:
    day = today() + timedelta(weeks=weeks)
    return day + timedelta(days=(7 - day.weekday()) % 7)
