"""What waits for a person in certificates from elsewhere."""

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from training.equivalences.policy import decides
from training.equivalences.queries import courses_to_ask_again
from training.equivalences.queries import equivalences_to_decide as to_decide


def equivalences_to_decide(person: Person) -> list[Waiting]:
    """Certificates in which the person may be the second, and kinds to be looked at again, in two statements."""
    if not decides(person):
        return []
    certificates = [
        Waiting(
            title=_("Decide about a certificate from elsewhere"),
            about=_("%(person)s, %(course)s", person=equivalence.person.name, course=equivalence.kind.name),
            url=url_for("equivalences.show", equivalence_id=equivalence.public_id),
            kind=_("Training"),
            since=equivalence.recorded_at,
        )
        for equivalence in to_decide(person)
    ]
    again = [
        Waiting(
            title=_("Say whether a certificate stands for a new version"),
            about=_("%(certificate)s, %(course)s", certificate=link.kind.name, course=link.course.title),
            url=url_for("equivalence_kinds.show", kind_id=link.kind.public_id),
            kind=_("Training"),
        )
        for link in courses_to_ask_again()
    ]
    return [*certificates, *again]
