"""What stands against holding rounds with a candidate: asked where an interview is scheduled, and where times are offered."""

from collections.abc import Iterable

from core.clock import now
from core.errors import WrongState
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.debrief.gates import insist_on_recommendation
from hiring.interviews.models import InterviewKind
from hiring.plans.queries import rounds_by_key
from hiring.scheduling.queries import rounds_under_way


def insist_on_rounds(application: Application, rounds: Iterable[tuple[InterviewKind, int | None]]) -> None:
    """Raise WrongState for a final interview the panel has not recommended, and for a round of the plan that is planned or offered already.

    Each round is its kind, and the inner key of what it is in the posting's plan, if anything.
    """
    asked = list(rounds)
    planned = rounds_by_key({key for _kind, key in asked if key is not None})
    kinds = {kind for kind, _key in asked} | {each.kind for each in planned.values()}
    if InterviewKind.EXECUTIVE in kinds:
        insist_on_recommendation(application)
    under_way = rounds_under_way(application, list(planned), now=now()) if planned else frozenset()
    for key in under_way:
        raise WrongState(
            _(
                "“%(round)s” is planned with this candidate already, or times for it are offered. Move or take back what there is.",
                round=planned[key].name,
            )
        )
