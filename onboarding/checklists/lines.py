"""What lists of a checklist's tasks are made of, before the tasks shown are loaded: a new hire has some sixty of them. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onboarding.checklists.models import FINISHED, TaskState
from onboarding.checklists.standing import TaskFact
from onboarding.templates.models import TaskKind


@dataclass(frozen=True, slots=True)
class Line:
    """A task in short: the fact, its key in the template, whether it is the viewer's to do, and what it waits for."""

    fact: TaskFact
    name: str
    is_mine: bool
    waits_for: tuple[str, ...] = ()
    done_at: datetime | None = None
    has_file: bool = False
    asks_waiver: bool = False


@dataclass(frozen=True)
class Listed:
    """Inner keys of the tasks of one list that are shown, in order, and how many there are in all."""

    keys: list[int]
    total: int


@dataclass(frozen=True)
class Lists:
    """A new hire's tasks: due by today, coming, and done (the latest first); what others prepare for them, and the documents that came of it."""

    today: Listed
    coming: Listed
    done: Listed
    to_come: Listed
    documents: Listed
    ready: int

    @property
    def keys(self) -> set[int]:
        """Inner keys of all that is shown."""
        return {key for listed in (self.today, self.coming, self.done, self.to_come, self.documents) for key in listed.keys}


def locked(lines: Sequence[Line], finished: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Titles of what each task waits for and is not done yet: inner key → titles; what is not locked has no entry."""
    open_titles = {line.name: line.fact.title for line in lines if not _is_done(line, finished)}
    found = {line.fact.key: tuple(open_titles[name] for name in line.waits_for if name in open_titles) for line in lines if line.waits_for}
    return {key: titles for key, titles in found.items() if titles}


def lists(lines: Sequence[Line], finished: Collection[int], locks: Collection[int], *, on: date, most: int | None) -> Lists:
    """The new hire's lists, each but today's cut after `most` (None: whole). `finished` are done elsewhere, `locks` wait for others."""
    mine, others = [line for line in lines if line.is_mine], [line for line in lines if not line.is_mine]
    waiting = [line for line in mine if not _is_done(line, finished)]
    due = [line for line in waiting if line.fact.due_on <= on and line.fact.state is not TaskState.SUBMITTED and line.fact.key not in locks]
    now = {line.fact.key for line in due}
    done = sorted((line for line in mine if _is_done(line, finished)), key=_done_at, reverse=True)
    to_come = [line for line in others if not _is_done(line, finished)]
    documents = [line for line in mine if line.has_file or (line.fact.kind is TaskKind.POLICY and line.done_at is not None)]
    return Lists(
        today=_listed(due, None),
        coming=_listed([line for line in waiting if line.fact.key not in now], most),
        done=_listed(done, most),
        to_come=_listed(to_come, most),
        documents=_listed(documents, None),
        ready=len(others) - len(to_come),
    )


def _listed(found: Sequence[Line], most: int | None) -> Listed:
    return Listed([line.fact.key for line in found[:most]], len(found))


def _is_done(line: Line, finished: Collection[int]) -> bool:
    return line.fact.state in FINISHED or line.fact.key in finished


def _done_at(line: Line) -> float:
    return line.done_at.timestamp() if line.done_at else 0.0
