"""Demonstration data of results: an appeal to decide, a corrected key, a performance standard with assessments, results from elsewhere."""

from datetime import timedelta

from sqlalchemy import select

from core.clock import standing_at
from core.db import session
from core.world import World
from training.appeals.actions import file_appeal
from training.catalogue.models import Course
from training.catalogue.queries import get_version_in_force
from training.demo_marking import load_marking
from training.exams.actions import hand_in, start_attempt
from training.exams.models import Attempt, AttemptState
from training.exams.queries import drawn_items, get_attempt, responses_of
from training.external_results.actions import send_file
from training.learning.actions import read_module
from training.practicals.actions import StandardFields, approve_standard, arrange, send_sheet, write_standard
from training.practicals.queries import get_assessment, get_standard

CRITERIA = """! Identifica o cliente antes de falar de valores
Pergunta pelo objetivo do cliente
Explica tarifas e prazos com números
! Não promete rentabilidade
Oferece o canal de reclamações"""


def load_results(world: World, courses: list[Course]) -> None:
    """What waits for trainers and compliance in results."""
    _practicals(world, courses[-1])
    _appeal(world)
    _elsewhere(world, courses[0])
    _locked(world, courses[-1])
    load_marking(world)


def _practicals(world: World, course: Course) -> None:
    trainer, officer, mentor = world.people["trainer"], world.people["compliance"], world.people["mentor"]
    with standing_at(world.at(-60, 10)):
        fields = StandardFields("Conduz uma conversa de abertura de conta, do começo ao fim.", CRITERIA, assessors_needed=2, share_needed=80)
        standard = write_standard(course, fields, by=trainer)
        approve_standard(standard, by=officer)
    known = {person.id for person in world.people.values()}
    learners = [person for person in world.colleagues if person.id not in known][:3]
    for place, learner in enumerate(learners):
        day = world.today - timedelta(days=12 - 6 * place)
        with standing_at(world.at(-12 + 6 * place, 15)):
            made = arrange(get_standard(standard.public_id), learner, [mentor, trainer], held_on=day, by=officer)
            for assessor in (trainer, mentor)[: 1 if place == len(learners) - 1 else 2]:
                found = get_assessment(made.public_id, viewer=assessor)
                met = {one.id: not (place == 1 and assessor is mentor and one.position == 0) for one in found.standard.criteria}
                send_sheet(found, met, {}, comment="Conversa clara e no ritmo do cliente.", by=assessor)


def _appeal(world: World) -> None:
    query = (
        select(Attempt).where(Attempt.state == AttemptState.SUBMITTED, Attempt.passed.is_(False)).order_by(Attempt.submitted_at.desc(), Attempt.id)
    )
    attempt = session.scalars(query.limit(1)).one_or_none()
    if attempt is None or attempt.submitted_at is None:
        return
    with standing_at(attempt.submitted_at + timedelta(days=1)):
        sitter = next((person for person in world.colleagues if person.id == attempt.person_id), None)
        if sitter is not None:
            found = get_attempt(attempt.public_id, viewer=sitter)
            missed = next((item for item in drawn_items(found) if item.id in _missed(found)), None)
            file_appeal(found, missed, text="O módulo diz outra coisa no segundo parágrafo. Podem conferir?", by=sitter)


def _missed(attempt: Attempt) -> set[int]:
    return {item_id for item_id, response in responses_of(attempt).items() if response.earned == "0"}


def _elsewhere(world: World, course: Course) -> None:
    people = [person for person in world.colleagues if person.id != world.people["compliance"].id][:3]
    lines = [
        f"{person.email},{course.code},2019-0{number}-15,8{number},,Instituto Aurora,CERT-{number:04d}" for number, person in enumerate(people, 1)
    ]
    text = "\n".join(["email,course,completed on,score,result,provider,reference", *lines])
    with standing_at(world.at(-2, 9)):
        send_file(text.encode(), name="registros-2019.csv", origin="Sistema de treinamento até 2019", by=world.people["compliance"])


def _locked(world: World, course: Course) -> None:
    """Somebody who has used up the attempts, so that the list of locked exams shows what it is for."""
    known = {person.id for person in world.people.values()}
    learner = next(person for person in reversed(world.colleagues) if person.id not in known)
    version = get_version_in_force(course.public_id, on=world.today)
    with standing_at(world.at(-3, 9)):
        for module in version.modules:
            read_module(version, module, by=learner)
    for sat in range(version.attempts_allowed):
        with standing_at(world.at(-3, 10 + sat)):
            hand_in(start_attempt(version, by=learner, seed=world.random.randrange(2**31)), {}, sequence=1, by=learner)
