"""Who may see and do what in an onboarding. Needs `checklist` of a task to be loaded."""

from core.people.models import Person
from core.people.rights import Right
from onboarding.checklists.models import ASKED_KINDS, FINISHED, WAIVED, Checklist, Task, TaskState
from onboarding.templates.models import Part, TaskKind

UNDONE = frozenset({TaskKind.TICK, TaskKind.FORM, TaskKind.MEETING, TaskKind.REQUEST})  # what can be opened again; a signature stands
QUEUES: dict[Part, Right] = {Part.HR: Right.RUN_ONBOARDING, Part.IT: Right.ADMINISTER}


def sees_every_checklist(viewer: Person) -> bool:
    """Whether the person sees every onboarding: human resources, and auditors to read."""
    return viewer.may(Right.RUN_ONBOARDING) or viewer.may(Right.SEE_AUDIT)


def sees_checklist(viewer: Person, checklist: Checklist) -> bool:
    """Whether the person oversees this onboarding."""
    return sees_every_checklist(viewer) or (viewer.may(Right.SEE_ONBOARDING) and checklist.manager_id == viewer.id)


def can_run(person: Person) -> bool:
    """Whether the person runs onboardings: waives, reviews, changes tasks."""
    return person.may(Right.RUN_ONBOARDING)


def owns(person: Person, task: Task) -> bool:
    """Whether the task is the person's to do, alone or as one of a team. Needs `team` with its people."""
    if task.owner_id is not None:
        return task.owner_id == person.id
    if task.team_id is not None:
        return task.team is not None and any(membership.person_id == person.id for membership in task.team.memberships)
    right = QUEUES.get(task.part)
    return right is not None and person.may(right)


def can_tick(person: Person, task: Task) -> bool:
    """Whether the person may say the task is done. What is asked elsewhere or needs a file or a signature is not ticked."""
    return task.kind is TaskKind.TICK and task.state is TaskState.OPEN and (owns(person, task) or can_run(person))


def can_reopen(person: Person, task: Task) -> bool:
    """Whether the person may take back what was done (who did it, or human resources) or a waiver (human resources, never their own)."""
    if task.state is TaskState.DONE:
        return task.kind in UNDONE and (task.done_by_id == person.id or can_run(person))
    return task.state in WAIVED and can_run(person) and task.checklist.person_id != person.id


def can_hand_in(person: Person, task: Task) -> bool:
    """Whether the person may hand in a document: the new hire, until it is accepted."""
    return task.kind is TaskKind.DOCUMENT and owns(person, task) and task.state not in FINISHED


def can_see_file(person: Person, task: Task) -> bool:
    """Whether the person may open what was handed in: who owns the task, and human resources; not the manager."""
    return task.file_id is not None and (can_run(person) or task.checklist.person_id == person.id)


def can_review(person: Person, task: Task) -> bool:
    """Whether the person accepts or sends back the document: human resources, never their own."""
    return task.state is TaskState.SUBMITTED and can_run(person) and task.checklist.person_id != person.id


def can_acknowledge(person: Person, task: Task) -> bool:
    """Whether the person may acknowledge the task's policy."""
    return task.kind is TaskKind.POLICY and task.owner_id == person.id and task.state is TaskState.OPEN


def can_fill(person: Person, task: Task) -> bool:
    """Whether the person may write into the task's form: whoever it is for, until it is sent."""
    return task.kind is TaskKind.FORM and task.state is TaskState.OPEN and owns(person, task)


def can_sign(person: Person, task: Task) -> bool:
    """Whether the person may sign the task's document: the new hire alone."""
    mine = task.owner_id == person.id == task.checklist.person_id
    return task.kind is TaskKind.SIGNATURE and task.state is TaskState.OPEN and mine


def can_see_signed(person: Person, task: Task) -> bool:
    """Whether the person may open the signed document: who signed it, and human resources; not the manager."""
    return can_run(person) or task.checklist.person_id == person.id


def can_meet(person: Person, task: Task) -> bool:
    """Whether the person may set a time for the task's meeting and say that it was held."""
    return task.kind is TaskKind.MEETING and task.state is TaskState.OPEN and (owns(person, task) or can_run(person))


def can_grant(person: Person, task: Task) -> bool:
    """Whether the person may hand over what the task asks for, never to themselves."""
    others = task.checklist.person_id != person.id
    return task.kind is TaskKind.REQUEST and task.state is TaskState.OPEN and others and (owns(person, task) or can_run(person))


def can_revoke(person: Person, task: Task) -> bool:
    """Whether the person may take back what was handed over: who could have given it."""
    return task.kind is TaskKind.REQUEST and task.checklist.person_id != person.id and (owns(person, task) or can_run(person))


def can_ask_to_waive(person: Person, task: Task) -> bool:
    """Whether the person may ask that the task need not be done: whoever it is for, the new hire's manager, human resources."""
    manages = task.checklist.manager_id == person.id and person.may(Right.SEE_ONBOARDING)
    return task.state not in FINISHED and (owns(person, task) or manages or can_run(person))


def can_decide_waiver(person: Person, task: Task, asked_by_id: int) -> bool:
    """Whether the person may approve what somebody asked for: human resources, or the manager when neither they nor the new hire asked.

    Never the new hire; for a required task never who asked.
    """
    if task.state in FINISHED or person.id == task.checklist.person_id or (task.required and person.id == asked_by_id):
        return False
    manages = task.checklist.manager_id == person.id and person.may(Right.SEE_ONBOARDING)
    return can_run(person) or (manages and asked_by_id not in (person.id, task.checklist.person_id))


def can_change(person: Person, task: Task) -> bool:
    """Whether the person may give the task another title, day or owner."""
    return can_run(person) and task.state not in FINISHED


def can_cancel(person: Person, checklist: Checklist) -> bool:
    """Whether the person may end an onboarding that does not take place."""
    return can_run(person) and checklist.person_id != person.id


def is_asked(task: Task) -> bool:
    """Whether another area says when the task is done."""
    return task.kind in ASKED_KINDS
