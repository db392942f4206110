"""How an onboarding stands: what is finished, late, next, and the traffic light with its reason. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.web.i18n import _, ngettext
from onboarding.checklists.models import FINISHED, Task, TaskState
from onboarding.moments import Moment
from onboarding.templates.models import TaskKind

SOON = timedelta(days=2)


class Light(StrEnum):
    """Green: on time. Yellow: look at it. Red: late."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class TaskFact:
    """What the standing of an onboarding needs to know of one task."""

    key: int
    kind: TaskKind
    state: TaskState
    title: str
    due_on: date
    required: bool
    checklist_id: int
    person_id: int
    owner: str = ""
    course_id: int | None = None
    moment: Moment | None = None


@dataclass(frozen=True)
class Standing:
    """How one onboarding stands on a day."""

    done: int
    total: int
    overdue: int
    light: Light
    reason: str
    next_due_on: date | None
    next_title: str
    is_complete: bool

    @property
    def percent(self) -> int:
        """Done of all, in whole percent."""
        return 100 * self.done // self.total if self.total else 100


def first_signed_off(waiting: Iterable[tuple[int, int, int]]) -> set[int]:
    """Keys of the shadowing tasks that are done, from (task, checklist, sessions signed off) in order of their days.

    The nth shadowing task of a checklist is done once n sessions have been signed off.
    """
    counted: Counter[int] = Counter()
    done = set()
    for key, checklist_id, signed_off in waiting:
        if counted[checklist_id] < signed_off:
            done.add(key)
        counted[checklist_id] += 1
    return done


def standing(facts: Sequence[TaskFact], finished: Collection[int], *, on: date, besides: int = 0) -> Standing:
    """How an onboarding stands on the day, with these tasks and so many finished ones `besides`; `finished` are keys of those done elsewhere."""
    unfinished = sorted((fact for fact in facts if fact.state not in FINISHED and fact.key not in finished), key=lambda fact: (fact.due_on, fact.key))
    late = [fact for fact in unfinished if fact.due_on < on and fact.state is not TaskState.SUBMITTED]
    light, reason = _light(unfinished, late, on=on)
    return Standing(
        done=besides + len(facts) - len(unfinished),
        total=besides + len(facts),
        overdue=len(late),
        light=light,
        reason=reason,
        next_due_on=unfinished[0].due_on if unfinished else None,
        next_title=unfinished[0].title if unfinished else "",
        is_complete=not any(fact.required for fact in unfinished),
    )


def _light(unfinished: Sequence[TaskFact], late: Sequence[TaskFact], *, on: date) -> tuple[Light, str]:
    required = [fact for fact in late if fact.required]
    if required:
        worst = Counter(fact.owner for fact in late).most_common(1)[0][0]
        text = ngettext("%(num)d task is late and waits for %(owner)s.", "%(num)d tasks are late, most wait for %(owner)s.", len(late), owner=worst)
        return Light.RED, text if worst else ngettext("%(num)d task is late.", "%(num)d tasks are late.", len(late))
    returned = [fact for fact in unfinished if fact.state is TaskState.RETURNED]
    if returned:
        return Light.YELLOW, _("“%(title)s” was sent back and waits for a new document.", title=returned[0].title)
    review = [fact for fact in unfinished if fact.state is TaskState.SUBMITTED and fact.due_on <= on]
    if review:
        return Light.YELLOW, _("“%(title)s” was handed in and waits for review.", title=review[0].title)
    if late:
        return Light.YELLOW, _("“%(title)s” is late, but not required.", title=late[0].title)
    soon = [fact for fact in unfinished if fact.due_on <= on + SOON]
    if soon:
        return Light.YELLOW, ngettext("%(num)d task is due within two days.", "%(num)d tasks are due within two days.", len(soon))
    return Light.GREEN, _("Everything is done.") if not unfinished else _("On time.")


def fact_of(task: Task, *, owner: str = "") -> TaskFact:
    """The fact of a task row. Needs `checklist`."""
    return TaskFact(
        task.id,
        task.kind,
        task.state,
        task.title,
        task.due_on,
        task.required,
        task.checklist_id,
        task.checklist.person_id,
        owner,
        task.course_id,
        task.moment,
    )
