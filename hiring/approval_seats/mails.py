"""Mails about who decides instead of somebody who no longer can."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.approval_seats.queries import VacantSeat


def approver_named(vacant: VacantSeat, *, to: Person, before: str, named: str, reason: str, by: Person) -> None:
    """Tell who asked for the approval, or who was named, that somebody else decides now, and why."""
    context = {"name": to.name, "step": vacant.step.name, "before": before, "named": named, "reason": reason, "by": by.name}
    if vacant.offer is not None:
        application = vacant.offer.application
        context |= {"candidate": application.shown_name, "title": application.posting.title}
        context["link"] = absolute_url("offers.show", offer_id=vacant.offer.public_id)
    elif vacant.requisition is not None:
        context |= {"candidate": "", "title": vacant.requisition.title}
        context["link"] = absolute_url("requisitions.show", requisition_id=vacant.requisition.public_id)
    queue_mail("approver_named", to=to, context=context, about=vacant.chain.subject_id)
