"""A task as one viewer sees it: what they may do with it, and whether it is done. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.people.models import Person
from onboarding.checklists import policy
from onboarding.checklists.models import FINISHED, WAIVED, Task, TaskState
from onboarding.templates.models import TaskKind
from training.public import CourseFact


@dataclass(frozen=True)
class Card:
    """A task with what the viewer may do. `is_done` also when training or shadowing say so; `is_late` on the day asked about."""

    task: Task
    is_done: bool
    is_late: bool
    is_mine: bool
    can_tick: bool
    can_reopen: bool
    can_hand_in: bool
    can_acknowledge: bool
    can_see_file: bool
    can_review: bool
    can_waive: bool
    can_change: bool
    course: CourseFact | None
    can_fill: bool = False
    can_sign: bool = False
    can_meet: bool = False
    can_grant: bool = False
    can_revoke: bool = False
    asks_waiver: bool = False  # somebody asked that it need not be done, and waits for approval
    waits_for: tuple[str, ...] = ()  # titles of what comes first and is not done: until then the task is locked

    @property
    def is_locked(self) -> bool:
        """Whether other tasks come first."""
        return bool(self.waits_for)

    @property
    def is_waived(self) -> bool:
        """Whether it need not be done."""
        return self.task.state in WAIVED

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        if self.is_late:
            return "danger"
        return {True: "success", False: "neutral"}[self.is_done and not self.is_waived]


def card(
    task: Task,
    viewer: Person,
    *,
    finished: Collection[int],
    courses: Mapping[int, CourseFact],
    on: date,
    locks: Sequence[str] = (),
    asks_waiver: bool = False,
) -> Card:
    """The task for one viewer. `finished` are inner keys of tasks that other areas say are done, `locks` titles of what comes first."""
    is_done = task.state in FINISHED or task.id in finished
    open_for, unlocked = not is_done, not locks
    return Card(
        task=task,
        is_done=is_done,
        is_late=open_for and task.due_on < on and task.state is not TaskState.SUBMITTED,
        is_mine=policy.owns(viewer, task),
        can_tick=unlocked and policy.can_tick(viewer, task),
        can_reopen=policy.can_reopen(viewer, task),
        can_hand_in=unlocked and policy.can_hand_in(viewer, task),
        can_acknowledge=unlocked and policy.can_acknowledge(viewer, task),
        can_see_file=policy.can_see_file(viewer, task),
        can_review=policy.can_review(viewer, task),
        can_waive=open_for and policy.can_ask_to_waive(viewer, task),
        can_change=open_for and policy.can_change(viewer, task),
        course=courses.get(task.course_id) if task.kind is TaskKind.TRAINING and task.course_id else None,
        can_fill=unlocked and policy.can_fill(viewer, task),
        can_sign=unlocked and policy.can_sign(viewer, task),
        can_meet=unlocked and policy.can_meet(viewer, task),
        can_grant=unlocked and policy.can_grant(viewer, task),
        can_revoke=policy.can_revoke(viewer, task),
        asks_waiver=open_for and asks_waiver,
        waits_for=tuple(locks) if open_for else (),
    )
