"""Mails about accounts."""

from core.accounts.links import LIFETIME
from core.accounts.models import Purpose
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url


def invitation(person: Person, *, token: str) -> None:
    """Welcome a person and let them choose their password."""
    context = {"name": person.name, "link": absolute_url("accounts.accept_invitation", token=token), "days": LIFETIME[Purpose.INVITATION].days}
    queue_mail("invitation", to=person, context=context)


def password_reset(person: Person, *, token: str) -> None:
    """Let a person choose a new password."""
    context = {
        "name": person.name,
        "link": absolute_url("accounts.choose_new_password", token=token),
        "hours": int(LIFETIME[Purpose.PASSWORD].total_seconds() // 3600),
    }
    queue_mail("password_reset", to=person, context=context)
