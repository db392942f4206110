"""Mails about certificates from elsewhere."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from training.equivalences.models import Equivalence, EquivalenceState


def equivalence_decided(equivalence: Equivalence, *, to: Person) -> None:
    """Tell who handed it in what was decided: how long it counts, or why it was refused."""
    queue_mail(
        "equivalence_decided",
        to=to,
        context={
            "name": to.name,
            "person": "" if to.id == equivalence.person_id else equivalence.person.name,
            "certificate": equivalence.kind.name,
            "is_accepted": equivalence.state is EquivalenceState.ACCEPTED,
            "answer": equivalence.answer,
            "counts_until": equivalence.counts_until,
            "url": absolute_url("equivalences.show", equivalence_id=equivalence.public_id),
        },
        about=equivalence.public_id,
    )
