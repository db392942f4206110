"""The mail to an address that is not written to any more."""

from core.mail.outbox import queue_mail
from core.people.models import Person


def applications_joined(person: Person) -> None:
    """Tell somebody at the address we stop using that their applications are kept together now. The other address is not named."""
    queue_mail("applications_joined", to=person, context={"name": person.name})
