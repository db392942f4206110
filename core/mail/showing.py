"""Whose name an administrator is not shown beside a mail: packages say who is called something else for now."""

from collections.abc import Callable, Collection, Iterable, Mapping

from flask import current_app

from core.mail.models import OutgoingMail

Concealing = Callable[[Collection[int]], Mapping[int, str]]  # of people, by inner key: those kept back, and what they are called


def names_kept_back(mails: Iterable[OutgoingMail]) -> dict[int, str]:
    """The readers of these mails whose name is kept back, with what they are called meanwhile."""
    readers = {mail.person_id for mail in mails}
    rules: list[Concealing] = current_app.extensions["concealing"]
    return {key: called for rule in rules if readers for key, called in rule(readers).items()}
