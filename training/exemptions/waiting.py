"""What waits for a person in exemptions."""

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from training.exemptions.policy import decides
from training.exemptions.queries import exemptions_to_decide as to_decide


def exemptions_to_decide(person: Person) -> list[Waiting]:
    """Exemptions in which the person may be the second."""
    if not decides(person):
        return []
    return [
        Waiting(
            title=_("Decide about an exemption"),
            about=_("%(person)s, %(course)s", person=exemption.person.name, course=exemption.course.title),
            url=url_for("exemptions.show", exemption_id=exemption.public_id),
            kind=_("Training"),
            since=exemption.recorded_at,
        )
        for exemption in to_decide(person)
    ]
