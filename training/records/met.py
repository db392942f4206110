"""What a person met, in plain values: one shape for the page and the paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from core.clock import now
from core.people.models import Person
from training.catalogue.models import CourseVersion, Module
from training.certificates.documents import percent
from training.exams.models import Attempt
from training.exams.queries import drawn_items, responses_of
from training.exams.results import ResultLine, result_lines
from training.exams.showing import Shows
from training.learning.models import ModuleReading
from training.records import policy, queries
from training.regrading.corrections import corrections_of
from training.requirements.models import Completion, CompletionSource


@dataclass(frozen=True)
class MetModule:
    """A module as it was, and when the person said that they had read it."""

    title: str
    kind: str
    body: Markup
    address: str
    file_name: str
    file_hash: str
    pages: int | None
    minimum_minutes: int
    read_at: datetime | None
    typed_name: str


@dataclass(frozen=True)
class MetAttempt:
    """An attempt with its questions in the order they were drawn, the answers given, and what they earned."""

    number: int
    started_at: datetime
    submitted_at: datetime | None
    ran_out: bool
    passed: bool | None  # None: still being marked
    score: str
    shows: Shows
    lines: Sequence[ResultLine]


@dataclass(frozen=True)
class Met:
    """All of it: of whom, of which version, under which terms."""

    person: str
    course: str
    code: str
    regulation: str
    version: int
    what_changed: str
    in_force_from: date | None
    approved_by: str
    approved_at: datetime | None
    written_by: str
    pass_mark: int
    minutes: int
    item_count: int
    attempts_allowed: int
    partial_credit: bool
    penalty_percent: int
    honour_statement: str
    modules: Sequence[MetModule]
    attempt: MetAttempt | None
    completed_on: date | None
    valid_until: date | None
    source: CompletionSource | None
    no_longer_counts: bool


def met(
    version: CourseVersion,
    person: Person,
    *,
    attempt: Attempt | None,
    completion: Completion | None,
    viewer: Person,
    show: Callable[[Module], Markup],
) -> Met:
    """What the person met of a version (`queries.whole_version`). `show` makes HTML of a module's text."""
    readings = queries.readings_of(person.id, version)
    return Met(
        person=person.name,
        course=version.course.title,
        code=version.course.code,
        regulation=version.course.regulation,
        version=version.number,
        what_changed=version.what_changed,
        in_force_from=version.in_force_from,
        approved_by=version.approved_by.name if version.approved_by else "",
        approved_at=version.approved_at,
        written_by=", ".join(author.person.name for author in version.authors),
        pass_mark=version.pass_mark,
        minutes=version.minutes,
        item_count=version.item_count,
        attempts_allowed=version.attempts_allowed,
        partial_credit=version.partial_credit,
        penalty_percent=version.penalty_percent,
        honour_statement=version.honour_statement,
        modules=[_module(module, readings, show) for module in version.modules],
        attempt=None if attempt is None else _attempt(attempt, viewer),
        completed_on=None if completion is None else completion.completed_on,
        valid_until=None if completion is None else completion.valid_until,
        source=None if completion is None else completion.source,
        no_longer_counts=completion is not None and completion.superseded_at is not None,
    )


def _module(module: Module, readings: Mapping[int, ModuleReading], show: Callable[[Module], Markup]) -> MetModule:
    reading, file = readings.get(module.id), module.file
    return MetModule(
        title=module.title,
        kind=module.kind.value,
        body=show(module),
        address=module.address,
        file_name="" if file is None else file.name,
        file_hash="" if file is None else file.sha256,
        pages=None if file is None else file.page_count,
        minimum_minutes=module.minimum_seconds // 60,
        read_at=None if reading is None else reading.read_at,
        typed_name="" if reading is None else reading.typed_name,
    )


def _attempt(attempt: Attempt, viewer: Person) -> MetAttempt:
    allowed = policy.shown_to(viewer, attempt, at=now())
    lines = result_lines(attempt, drawn_items(attempt), responses_of(attempt), held=corrections_of(attempt.version_id), shows=allowed)
    return MetAttempt(
        number=attempt.number,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        ran_out=attempt.ran_out,
        passed=attempt.passed,
        score="" if attempt.percent is None or not allowed.score else percent(attempt.percent),
        shows=allowed,
        lines=lines,
    )
