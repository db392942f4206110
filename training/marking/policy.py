"""Who marks, settles and amends marks, and who sees which mark."""

from core.people.models import Person
from core.people.rights import Right
from training.marking.models import Mark, MarkKind, Script, ScriptState


def marks(person: Person) -> bool:
    """Whether the person marks answers of others at all."""
    return person.may(Right.WRITE_COURSES)


def marks_everything(person: Person) -> bool:
    """Whether the person marks the exams of every course: compliance, which may amend any mark; others those of the courses they answer for."""
    return marks(person) and amends(person)


def marks_answer(person: Person, script: Script) -> bool:
    """Whether the person marks exams of the answer's course. Needs `attempt` with its course."""
    return marks(person) and (amends(person) or script.attempt.course.owner_id == person.id)


def amends(person: Person) -> bool:
    """Whether the person amends marks that stand: certificates may hang on them, so whoever may revoke one."""
    return person.may(Right.REVOKE_CERTIFICATES)


def own_mark(person: Person, script: Script) -> Mark | None:
    """The mark the person was asked for and has sent. Needs `marks`."""
    return next((mark for mark in script.marks if mark.marker_id == person.id and mark.kind is MarkKind.OWN), None)


def proposal(script: Script) -> Mark | None:
    """The mark one of the two proposes where they differ, until the other has answered. Needs `marks`."""
    return next((mark for mark in script.marks if mark.kind is MarkKind.AGREED and mark.agreed_at is None), None)


def can_mark(person: Person, script: Script) -> bool:
    """Whether the person may send a mark: never of their own answer, never twice. Needs `attempt` with its course, and `marks`."""
    return (
        marks_answer(person, script)
        and script.attempt.person_id != person.id
        and script.state is ScriptState.OPEN
        and own_mark(person, script) is None
    )


def can_decide(person: Person, script: Script) -> bool:
    """Whether the person may settle two marks that differ as a third one."""
    apart = script.attempt.person_id != person.id and own_mark(person, script) is None
    return marks_answer(person, script) and apart and script.state is ScriptState.DIFFERING


def can_propose(person: Person, script: Script) -> bool:
    """Whether the person is one of the two who differ and may propose a mark to agree on."""
    return (
        marks_answer(person, script) and script.state is ScriptState.DIFFERING and own_mark(person, script) is not None and proposal(script) is None
    )


def can_answer(person: Person, script: Script) -> bool:
    """Whether the person is asked to agree on a mark the other of the two proposes."""
    proposed = proposal(script)
    waits = script.state is ScriptState.DIFFERING and proposed is not None and proposed.marker_id != person.id
    return marks_answer(person, script) and waits and own_mark(person, script) is not None


def can_amend(person: Person, script: Script) -> bool:
    """Whether the person may put this mark right: one that stands, and not of their own answer."""
    return amends(person) and script.state is ScriptState.MARKED and script.attempt.person_id != person.id


def sees_mark(person: Person, script: Script, mark: Mark) -> bool:
    """Whether the person reads a mark now: their own always, others only where nobody has still to judge unswayed by it."""
    if mark.marker_id == person.id or script.state is ScriptState.MARKED:
        return True
    return script.state is ScriptState.DIFFERING and own_mark(person, script) is not None
