"""The bank the walk goes through: its people, and what human resources, trainers and compliance have prepared."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import update

from core.clock import standing_at, today
from core.db import session, transaction
from core.people.models import Person
from core.world import World
from hiring.offers.actions import save_template
from home.demo import people as cast
from onboarding.policies.actions import write_policy
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, Phase, TaskKind
from tests.training.situations import items
from training.catalogue import actions as catalogue
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import Course, CourseArea, CourseForm
from training.catalogue.queries import latest_version
from training.items.actions import write_item
from training.requirements.actions import write_rule

LETTER = """\
Dear {{candidate_name}},

we are glad to offer you the position **{{position}}** at {{company}}, {{location}}.

- Salary: {{salary}} each month
- First day: {{start_date}}
- Your manager: {{manager_name}}

Please answer by {{expiry_date}}.
"""
COURSE = "Prevenção à lavagem de dinheiro"


@dataclass
class Bank:
    """What was prepared, by public id where pages name it so."""

    world: World
    course_id: str


def found_bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Found the bank in the running application context; everyone reads English, whatever the catalogue says."""
    monkeypatch.setattr(cast, "COLLEAGUES", cast.COLLEAGUES[:3])
    monkeypatch.setattr(cast, "NEW_HIRES", ())
    with transaction():
        world = World(today=today("America/Sao_Paulo"), random=Random(7))
        cast.populate(world)
        course = _course(world)
        _prepare_onboarding(world, course)
        save_template(None, name="Offer letter", language="en", body=LETTER, by=world.people["recruiter"])
        session.execute(update(Person).values(locale="en"))
        return Bank(world, str(course.public_id))


def _course(world: World) -> Course:
    trainer, officer = world.people["trainer"], world.people["compliance"]
    fields = CourseFields(COURSE, "PLD-001", CourseArea.COMPLIANCE, CourseForm.E_LEARNING, 60, "pt_BR", regulation="Circular BCB 3.978/2020, art. 9")
    with standing_at(world.at(-40)):
        course = catalogue.add_course(fields, ExamTerms(item_count=8, minutes=30), by=trainer)
        version = latest_version(course)
        for title in ("Conheça o seu cliente", "O que comunicar"):
            catalogue.write_module(version, None, title=title, text="## Por quê\n\nPorque **confiança** é o nosso ofício.", by=trainer)
        for item in items(8):
            write_item(version, None, item, by=trainer)
        catalogue.submit_version(version, by=trainer)
    with standing_at(world.at(-38)):
        catalogue.approve_version(version, in_force_from=today("America/Sao_Paulo"), by=officer)
        role = world.job_roles["Relationship manager"]
        terms = {"due_days": 30, "valid_months": 12, "source": fields.regulation, "effective_from": _day(world, -38)}
        write_rule(course=course, job_role=role, by=officer, **terms)  # type: ignore[arg-type]
    return course


def _day(world: World, days: int) -> date:
    return world.today + timedelta(days=days)


def _prepare_onboarding(world: World, course: Course) -> None:
    hr = world.people["hr"]
    conduct = write_policy(title="Code of conduct", text="- Say what is true.\n- Keep what you promise.", language="en", by=hr)
    add_usual_objectives(by=hr)
    template = write_template(name="Relationship managers", match=Match(job_roles=[world.job_roles["Relationship manager"]]), by=hr)
    for text in (
        TaskText("Hand in an identity document", Phase.BEFORE_DAY_ONE, TaskKind.DOCUMENT, offset_days=-3),
        TaskText("Create the mailbox", Phase.BEFORE_DAY_ONE, part=Part.IT, offset_days=-2),
        TaskText("Prepare the contract", Phase.BEFORE_DAY_ONE, part=Part.HR, offset_days=-1),
        TaskText("Show the branch", Phase.DAY_ONE, part=Part.BUDDY),
        TaskText("Talk about the first ninety days", Phase.DAY_ONE, part=Part.MANAGER),
        TaskText("Read the code of conduct", Phase.DAY_ONE, TaskKind.POLICY, policy=conduct),
        TaskText("Watch a colleague", Phase.FIRST_WEEK, TaskKind.SHADOWING, offset_days=3),
        TaskText("Learn to prevent money laundering", Phase.FIRST_WEEK, TaskKind.TRAINING, offset_days=4, course_id=course.id),
    ):
        add_task(template, text=text, by=hr)
    publish_template(template, by=hr)
