"""Mails about exemptions."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from training.exemptions.models import Exemption, ExemptionState


def exemption_decided(exemption: Exemption, *, to: Person) -> None:
    """Tell who asked what was decided: from when until when it counts, or why it was refused."""
    queue_mail(
        "exemption_decided",
        to=to,
        context={
            "name": to.name,
            "person": "" if to.id == exemption.person_id else exemption.person.name,
            "course": exemption.course.title,
            "is_approved": exemption.state is ExemptionState.APPROVED,
            "answer": exemption.answer,
            "valid_from": exemption.valid_from,
            "valid_to": exemption.valid_to,
            "url": absolute_url("exemptions.show", exemption_id=exemption.public_id),
        },
        about=exemption.public_id,
    )
