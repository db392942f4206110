"""Starting an onboarding: tasks copied from the templates that fit, given to people and days."""

from collections.abc import Sequence, Set
from datetime import date

import training.public
from core.audit.record import record
from core.db import session
from core.people.models import Employment, Location, Person
from core.people.queries import people_with_right
from core.people.rights import Right
from onboarding.checklists.crediting import credit_what_holds
from onboarding.checklists.mails import onboarding_tasks
from onboarding.checklists.models import Checklist, ChecklistSource, ChecklistState, Task, TaskState
from onboarding.checklists.queries import find_checklist_for
from onboarding.reviews.deriving import derive_reviews
from onboarding.templates.matching import compose, due_days
from onboarding.templates.models import Part, TemplateTask
from onboarding.templates.queries import versions_for


def begin_checklist(person: Person, *, employment: Employment, manager: Person | None, buddy: Person | None, by: Person | None) -> Checklist:
    """Start the onboarding of an employment; a second call for the same employment answers with the one there is."""
    found = find_checklist_for(employment)
    if found is not None:
        return found
    versions = versions_for(employment)
    checklist = Checklist(
        person=person,
        employment_id=employment.id,
        starts_on=employment.valid_from,
        manager=manager,
        buddy=buddy if buddy is None or buddy.id != person.id else None,
        hr=_contact(by),
        state=ChecklistState.RUNNING,
        sources=[ChecklistSource(template_version_id=version.id) for version in versions],
    )
    session.add(checklist)
    location = session.get_one(Location, employment.location_id)
    given = compose(versions, employment)
    days = due_days(given, checklist.starts_on, location)
    checklist.tasks = [copy_task(task, checklist, days[task.key], set(days)) for task in given]
    session.flush()
    credit_what_holds(checklist)
    changes = {"starts_on": checklist.starts_on.isoformat(), "templates": [version.id for version in versions], "tasks": len(checklist.tasks)}
    record("onboarding.checklist.begun", checklist, by=by, person=person, changes=changes)
    derive_reviews(checklist, by=by)
    for colleague in _colleagues(checklist):
        theirs = [task for task in checklist.tasks if task.owner_id == colleague.id]
        if theirs:
            onboarding_tasks(colleague, checklist, theirs)
    training.public.rederive(person)
    return checklist


def _contact(by: Person | None) -> Person | None:
    if by is not None and by.may(Right.RUN_ONBOARDING):
        return by
    return next(iter(people_with_right(Right.RUN_ONBOARDING)), None)


def _colleagues(checklist: Checklist) -> Sequence[Person]:
    named = [task.owner for task in checklist.tasks if task.part is Part.PERSON]
    people = [person for person in (checklist.manager, checklist.buddy, *named) if person is not None]
    return list({person.id: person for person in people}.values())


def copy_task(task: TemplateTask, checklist: Checklist, due_on: date, keys: Set[str]) -> Task:
    """The task for this checklist; what it waits for is only what the new hire was given as well. Needs the checklist's people."""
    wording = task.wording()
    wording["waits_for"] = [key for key in task.waits_for if key in keys]
    wording["due_after"] = task.due_after if task.due_after in keys else ""
    owner = owner_of(task.part, checklist, named=task.named)
    return Task(**wording, template_task_id=task.id, owner=owner, due_on=due_on, state=TaskState.OPEN)


def owner_of(part: Part, checklist: Checklist, *, named: Person | None = None) -> Person | None:
    """Who does the tasks of a part. Without a manager or buddy, human resources' contact steps in; HR, IT and teams share a queue."""
    if part in (Part.HR, Part.IT, Part.TEAM):
        return None
    people = {
        Part.NEW_HIRE: checklist.person,
        Part.MANAGER: checklist.manager,
        Part.BUDDY: checklist.buddy or checklist.manager,
        Part.PERSON: named,
    }
    return people[part] or checklist.hr
