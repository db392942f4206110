"""Whose name an administrator is not shown beside a mail."""

from collections.abc import Iterable

from core.mail.models import OutgoingMail
from core.people.concealing import called_meanwhile


def names_kept_back(mails: Iterable[OutgoingMail]) -> dict[int, str]:
    """The readers of these mails whose name is kept back, with what they are called meanwhile."""
    return called_meanwhile({mail.person_id for mail in mails})
