"""What a change of somebody's start or position does to their checklist, told before it is done. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onboarding.checklists.models import FINISHED, Task
from onboarding.templates.models import WORDING_FIELDS, TemplateTask

NOT_COMPARED = frozenset({"key", "position"})


@dataclass(frozen=True)
class DayMove:
    """A task whose day follows the first day."""

    task: Task
    before: date
    after: date


@dataclass(frozen=True)
class DayMoves:
    """What a new first day moves, and what stays because it is finished or because somebody chose its day."""

    moved: list[DayMove] = field(default_factory=list)
    fixed: list[Task] = field(default_factory=list)
    finished: list[Task] = field(default_factory=list)


def day_moves(tasks: Iterable[Task], finished: Collection[int], *, days: Mapping[str, date]) -> DayMoves:
    """Where each task's day goes: `days` by the tasks' keys; `finished` are inner keys of those that other areas say are done."""
    found = DayMoves()
    for task in tasks:
        if task.state in FINISHED or task.id in finished:
            found.finished.append(task)
        elif task.due_is_fixed:
            found.fixed.append(task)
        else:
            after = days[task.key]
            if after != task.due_on:
                found.moved.append(DayMove(task, task.due_on, after))
    return found


@dataclass(frozen=True)
class Rewording:
    """An open task that the templates describe otherwise now."""

    task: Task
    fields: dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """What the templates ask for now, beside what a checklist holds."""

    added: list[TemplateTask] = field(default_factory=list)
    gone: list[Task] = field(default_factory=list)
    kept: list[Task] = field(default_factory=list)
    reworded: list[Rewording] = field(default_factory=list)
    finished: list[Task] = field(default_factory=list)  # finished and not asked for any more: it stays

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would leave every task as it is."""
        return not (self.added or self.gone or self.reworded)


def difference(tasks: Sequence[Task], wanted: Sequence[TemplateTask], *, source: Mapping[str, TemplateTask], finished: Collection[int]) -> Difference:
    """Compare by key. `source` is what the checklist's tasks were copied from: only those can be gone or reworded; what was done by hand stays."""
    found, asked = Difference(), {task.key: task for task in wanted}
    for task in tasks:
        wording = asked.pop(task.key, None)
        done = task.state in FINISHED or task.id in finished
        fields = changed_fields(source.get(task.key), wording)
        if wording is None and task.key in source:
            (found.finished if done else found.gone).append(task)
        elif fields and not done:
            found.reworded.append(Rewording(task, fields))
        else:
            found.kept.append(task)
    found.added.extend(asked.values())
    return found


def changed_fields(before: TemplateTask | None, after: TemplateTask | None) -> dict[str, Any]:
    """What the template's task says otherwise than the one that was copied, by field."""
    if before is None or after is None:
        return {}
    return {name: getattr(after, name) for name in WORDING_FIELDS if name not in NOT_COMPARED and getattr(before, name) != getattr(after, name)}
