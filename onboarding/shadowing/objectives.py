"""Keeping the list of what can be watched."""

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.db import session as database
from core.errors import Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.programmes.objectives import Objective
from onboarding.shadowing.labels import USUAL_OBJECTIVES
from onboarding.shadowing.queries import objectives


def add_objective(*, title: str, hint: str, by: Person | None) -> Objective:
    """Add something to watch. Raises Invalid for a missing title, and for one that is there already."""
    if by is not None and not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources changes the objectives."))
    title = one_line(title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    objective = Objective(title=title[:200], hint=hint)
    try:
        with database.begin_nested():
            database.add(objective)
    except IntegrityError:
        raise Invalid(_("This is in the list already."), field="title") from None
    objective.position = objective.id
    record("onboarding.objective.added", objective, by=by)
    return objective


def add_usual_objectives(*, by: Person | None) -> None:
    """Add the usual objectives that are not there yet."""
    there = {objective.title for objective in objectives(active=False)}
    for title, hint in USUAL_OBJECTIVES:
        if str(title) not in there:
            add_objective(title=str(title), hint=str(hint), by=by)
