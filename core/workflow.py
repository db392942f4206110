"""States as a table: which may follow which."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from flask_babel import gettext as _

from core.errors import WrongState

S = TypeVar("S", bound=StrEnum)


class Workflow(Generic[S]):
    """A table of allowed transitions, `{state: {next states}}`.

    Every state named on the right must be a member of the same enum; a state without a row is final.
    """

    def __init__(self, transitions: Mapping[S, set[S]]) -> None:
        self.transitions: dict[S, frozenset[S]] = {state: frozenset(following) for state, following in transitions.items()}

    def following(self, state: S) -> frozenset[S]:
        """The states that may come next."""
        return self.transitions.get(state, frozenset())

    def allows(self, state: S, to: S) -> bool:
        """Whether `to` may follow `state`."""
        return to in self.following(state)

    def is_final(self, state: S) -> bool:
        """Whether nothing follows `state`."""
        return not self.following(state)

    def insist(self, state: S, to: S, *, sentence: object | None = None) -> None:
        """Raise WrongState unless `to` may follow `state`."""
        if not self.allows(state, to):
            raise WrongState(sentence or _("This cannot be done any more: its state has changed. Reload the page to see where it stands."))
