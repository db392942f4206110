"""A position that begins on a later day: the onboarding under way follows its person on that day, and not before."""

from sqlalchemy import update

import training.public
from core.clock import now
from core.db import session
from core.people.models import Employment, Person
from onboarding.changes.actions import change_position
from onboarding.changes.models import ChangeKind, ComingChange
from onboarding.changes.queries import checklist_through, due_positions, find_coming
from onboarding.checklists.models import Checklist, ChecklistState


def arrange_position(employment: Employment, *, applies: bool) -> None:
    """Write down that onboarding and training follow their person when this position begins; with `applies` the tasks of its templates too."""
    found = find_coming(employment, ChangeKind.POSITION)
    if found is None:
        found = ComingChange(employment_id=employment.id, kind=ChangeKind.POSITION)
        session.add(found)
    found.applies = applies
    session.flush()


def follow_into_position(employment: Employment, *, applies: bool, by: Person | None) -> None:
    """Let an onboarding under way follow its person into a position that holds now. Needs manager and location."""
    checklist = checklist_through(employment)
    if checklist is not None and checklist.state is ChecklistState.RUNNING and checklist.employment_id != employment.id:
        change_position(checklist, employment, apply=applies, by=by)


def carry_out_positions() -> int:
    """Let everybody whose position begins be followed into it. Answers how many. Doing it twice changes nothing."""
    due = due_positions()
    for coming in due:
        follow_into_position(coming.employment, applies=coming.applies, by=None)
        training.public.rederive(coming.employment.person)
        coming.done_at = now()
    session.flush()
    return len(due)


def replace_employment(before: Employment, after: Employment) -> None:
    """Let what was written down for an employment that is superseded be for the one in its place."""
    session.flush()
    for model in (Checklist, ComingChange):
        rows = update(model).where(model.employment_id == before.id).values(employment_id=after.id)
        session.execute(rows.execution_options(synchronize_session="fetch"))
