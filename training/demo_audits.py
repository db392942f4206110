"""Demonstration data of audits: two auditors with their access, a finding to put right, a drawn sample, and an evidence pack asked for."""

from datetime import timedelta

from core.clock import standing_at
from core.db import session
from core.people.actions import add_person, grant_role
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from core.world import World
from training.auditing.actions import give_access
from training.auditing.scope import Scope
from training.catalogue.models import Course
from training.compliance.filtering import ComplianceFilter
from training.evidence.actions import ask_for_pack
from training.evidence.wanted import EvidenceFilter
from training.findings.actions import raise_finding
from training.findings.models import Severity
from training.sampling.actions import draw_sample
from training.sampling.models import Stratum

GIVEN = -9  # when the auditors were let in, from today


def load_audits(world: World, courses: list[Course]) -> None:
    """The yearly audit, which reads everything, and one from outside, which reads what a department is asked by one regulation."""
    officer, auditor = world.people["compliance"], world.people["auditor"]
    outsider = _outsider(world)
    with standing_at(world.at(GIVEN, 9)):
        give_access(auditor, Scope(), reason="Auditoria interna anual de treinamento", ends_at=world.at(355, 23), by=officer)
    with standing_at(world.at(GIVEN, 10)):
        department, since = world.departments["Retail banking"], world.today - timedelta(days=365)
        regulations = frozenset({course.regulation for course in courses[:1] if course.regulation})
        scope = Scope(departments=frozenset({department.public_id}), regulations=regulations, since=since, until=world.today)
        give_access(
            outsider, scope, reason="Auditoria independente do exercício: prevenção à lavagem de dinheiro", ends_at=world.at(30, 18), by=officer
        )
    _found(world, courses[0])
    _evidence(world, courses[0])


def _outsider(world: World) -> Person:
    """Somebody of an auditing firm, who is not employed here."""
    with standing_at(world.at(GIVEN - 1, 15)):
        person = add_person(name="Cecília Abravanel", email="cecilia.abravanel@auditores.example", by=None)
        grant_role(person, Role.AUDITOR, by=None)
        session.flush()
        session.expire(person)
        return get_person_by_key(person.id)


def _found(world: World, course: Course) -> None:
    """What the auditor drew, and what they found in it."""
    auditor, day = world.people["auditor"], world.today - timedelta(days=6)
    with standing_at(world.at(-6, 10)):
        draw_sample(
            "Auditoria anual: dez exigências, de todos os departamentos",
            ComplianceFilter(),
            size=10,
            stratified_by=Stratum.DEPARTMENT,
            on=day,
            today=day,
            by=auditor,
            seed="aurora-2026",
        )
    with standing_at(world.at(-5, 16)):
        raise_finding(
            "Conclusões anotadas à mão não dizem quem conferiu a lista de presença. Registrem o nome de quem conferiu.",
            severity=Severity.MEDIUM,
            owner=world.people["trainer"],
            due_on=world.today + timedelta(days=10),
            today=world.today - timedelta(days=5),
            by=auditor,
            course=course,
        )


def _evidence(world: World, course: Course) -> None:
    """A pack about one course in the last year; the worker makes it once there is one."""
    with standing_at(world.at(-1, 17)):
        ask_for_pack(
            EvidenceFilter(course=str(course.public_id)),
            since=world.today - timedelta(days=365),
            until=world.today - timedelta(days=1),
            known_on=None,
            named={"Curso": course.title},
            language="pt_BR",
            today=world.today - timedelta(days=1),
            by=world.people["compliance"],
        )
