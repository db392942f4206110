"""Requisitions of the demonstration: one approved, one waiting for the manager, one still a draft."""

from datetime import timedelta

from core.clock import standing_at
from core.people.models import Person
from core.world import World
from hiring.requisitions.actions import Wish, write_requisition
from hiring.requisitions.approving import ask_for_approval, decide_requisition
from hiring.requisitions.models import Reason, Requisition
from hiring.requisitions.queries import get_requisition

WANTED = (
    ("Gerente de Relacionamento, carteira nova", "Relationship manager", "Retail banking", Reason.GROWTH, 2, (9_000, 12_500), "approved"),
    ("Gerente de Atendimento, substituição", "Customer-service manager", "Customer service", Reason.REPLACEMENT, 1, (8_000, 10_500), "asked"),
    ("Gerente de Contas, projeto de um ano", "Account manager", "Business banking", Reason.TEMPORARY, 3, (8_500, 11_000), "draft"),
)


def ask_for_people(world: World) -> None:
    """Write the requisitions on days of their own."""
    for days, (title, role, department, reason, number, pay, state) in enumerate(WANTED, start=1):
        recruiter, manager = world.people["recruiter"], world.people["manager"]
        wish = Wish(
            title=title,
            reason=reason,
            justification="A agência cresceu e a carteira de cada pessoa passou de cem clientes." if reason is Reason.GROWTH else "",
            job_role=world.job_roles[role],
            department=world.departments[department],
            location=next(iter(world.places.values())),
            hiring_manager=manager,
            salary_from=pay[0] * 100,
            salary_to=pay[1] * 100,
            budget=pay[1] * 100 * 13 * number,
            more=tuple(world.today + timedelta(days=45 + 15 * at) for at in range(number)),
        )
        with standing_at(world.at(-9 + 2 * days, 9)):
            written = write_requisition(wish, by=recruiter)
            if state != "draft":
                ask_for_approval(_whole(written, recruiter), by=recruiter)
        if state == "approved":
            with standing_at(world.at(-8 + 2 * days, 15)):
                decide_requisition(_whole(written, recruiter), approve=True, by=manager)


def _whole(requisition: Requisition, viewer: Person) -> Requisition:
    return get_requisition(requisition.public_id, viewer=viewer)
