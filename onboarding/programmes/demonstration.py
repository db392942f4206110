"""Demonstration data of shadowing: a programme in four stages, mentors, and who takes part."""

from collections.abc import Sequence

import training.public
from core.clock import standing_at, today
from core.people.models import JobRole, Person
from core.world import World
from onboarding.mentors.actions import Profile, add_mentor
from onboarding.programmes.actions import StageText, add_stage, put_into_use, write_programme
from onboarding.programmes.models import StageKind
from onboarding.programmes.objectives import Mode, Objective
from onboarding.programmes.taking_part import begin_programme_of_role

READING = """Antes da primeira sessão, leia:

- a **política de relacionamento** com clientes, na página de políticas;
- o roteiro de uma reunião de revisão de carteira.

Traga duas perguntas. Nada do que você vê identifica um cliente em suas anotações."""
PREPARE = "Prepare a reunião sozinho e mostre o roteiro ao mentor."
ABOUT = (
    "Carteira de alta renda na Paulista há nove anos.",
    "Pequenas e médias empresas, muito crédito, muita renegociação.",
    "International clients; happy to show meetings in English.",
)


def write_programmes(world: World, roles: Sequence[JobRole], watched: Sequence[Objective], hr: Person) -> None:
    """A programme for each of the job roles."""
    for role in roles:
        programme = write_programme(
            name=f"{role.name}: acompanhamento", job_role=role, reading=READING, course_id=_course_held_by(world.people["mentor"]), by=hr
        )
        for text in (
            StageText(StageKind.OBSERVE, watched[:4], sessions_required=3, minutes_required=300, needs_every_objective=False),
            StageText(StageKind.ASSIST, watched[1:4], sessions_required=2, mode=Mode.ON_SITE, days=2, needs_every_objective=False),
            StageText(
                StageKind.SUPERVISED, watched[:3], sessions_required=2, is_reversed=True, needs_approval=True, reading="Prepare a reunião sozinho."
            ),
            StageText(StageKind.ALONE, watched[:2], sessions_required=1, is_reversed=True, needs_approval=True, needs_every_objective=False),
        ):
            add_stage(programme, text=text, by=hr)
        put_into_use(programme, by=hr)


def begin_programmes(world: World, hr: Person) -> None:
    """Every new hire whose job role has a programme begins it."""
    for person, employment, _manager, _buddy in world.new_hires:
        with standing_at(world.at(min((employment.valid_from - world.today).days - 10, -1), 12)):
            begin_programme_of_role(person, employment=employment, by=hr)


def write_mentors(world: World, watched: Sequence[Objective], hr: Person) -> None:
    """The demo mentor and two colleagues."""
    newcomers = {person.id for person, _employment, _manager, _buddy in world.new_hires}
    others = [person for person in world.colleagues if person.id not in newcomers | {world.people["mentor"].id}]
    places = list(world.places.values())
    for number, person in enumerate([world.people["mentor"], *others[:2]]):
        profile = Profile(
            skills=watched[number : number + 4],
            places=places[number : number + 1],
            languages=["pt", "en"] if number != 1 else ["pt"],
            is_remote=number != 1,
            weekly_sessions=(10, 2, 3)[number],
            about=ABOUT[number],
        )
        add_mentor(person, profile=profile, by=hr)


def _course_held_by(mentor: Person) -> int | None:
    courses = [course.id for course in training.public.courses()]
    held = training.public.holds_many({(mentor.id, course) for course in courses}, on=today()) if courses else set()
    return next((course for course in courses if (mentor.id, course) in held), None)
