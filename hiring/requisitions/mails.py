"""Mails about requisitions. Needs `requested_by` to be loaded."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.requisitions.models import Requisition


def _facts(requisition: Requisition, to: Person, by: Person) -> dict[str, str]:
    link = absolute_url("requisitions.show", requisition_id=requisition.public_id)
    return {"name": to.name, "title": requisition.title, "by": by.name, "link": link}


def requisition_approval_asked(requisition: Requisition, *, to: Person) -> None:
    """Ask somebody whose turn it is."""
    context = dict(_facts(requisition, to, requisition.requested_by))
    queue_mail("requisition_approval_asked", to=to, context=context, about=requisition.public_id)


def requisition_approved(requisition: Requisition, *, by: Person) -> None:
    """Tell whoever asked that the search may begin."""
    to = requisition.requested_by
    queue_mail("requisition_approved", to=to, context=dict(_facts(requisition, to, by)), about=requisition.public_id)


def requisition_sent_back(requisition: Requisition, *, to: Person, by: Person, reason: str) -> None:
    """Tell whoever asked, and those who had approved, what should change."""
    queue_mail("requisition_sent_back", to=to, context={**_facts(requisition, to, by), "reason": reason}, about=requisition.public_id)
