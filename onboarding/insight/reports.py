"""The reports: each a table of plain values, and behind each number the onboardings it stands for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

import training.public
from core.clock import today
from core.figures import median, percentile, share, total
from core.people.models import Person
from core.web.i18n import _, ngettext
from core.web.spreadsheets import Cell
from onboarding.checklists.models import ChecklistState
from onboarding.insight import queries
from onboarding.insight.productive import Needed, productive_on
from onboarding.insight.queries import InsightFilter, Stand
from onboarding.moments import Moment
from onboarding.pulse.queries import PulseFilter, told
from onboarding.pulse.questions import QUESTIONS, WAVES
from onboarding.reviews.queries import finished_reviews
from onboarding.templates.labels import PARTS, PHASES
from onboarding.templates.models import Part, Phase, TaskKind

NINETY = Fraction(9, 10)
EVERYBODY = "all"


@dataclass(frozen=True)
class Line:
    """A line of a report. `behind`: for a column, the onboardings its number stands for (inner key → how much of it each is)."""

    key: str
    cells: tuple[Cell, ...]
    behind: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A report's table. `percent` hold per cent, `unit` says what of people is listed."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    percent: frozenset[int] = frozenset()
    unit: str = ""

    @property
    def has_chart(self) -> bool:
        """Whether there is anything to draw."""
        return any(line.cells[1] is not None for line in self.lines)

    def rows(self) -> list[Sequence[Cell]]:
        """The table for a spreadsheet, head first."""
        return [self.columns, *(line.cells for line in self.lines)]


def productive(viewer: Person, wanted: InsightFilter) -> Report:
    """How many days from the start until all that is required was done, by job role."""
    stands = [stand for stand in queries.stands(viewer, wanted) if stand.state is not ChecklistState.CANCELLED]
    days = _days_until_productive(stands)
    groups: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        groups[stand.role].append(stand)
    lines = [_productive_line(role, role, groups[role], days) for role in sorted(groups)]
    if lines:
        lines.insert(0, _productive_line(EVERYBODY, _("Everybody"), stands, days))
    columns = (_("Job role"), _("Days, the middle"), _("Nine of ten within"), _("Productive"), _("Not yet"))
    return Report(_("Time to productive"), columns, tuple(lines), unit=_("Days"))


def _productive_line(key: str, name: str, stands: Sequence[Stand], days: Mapping[int, int]) -> Line:
    lengths = Counter(days[stand.checklist_id] for stand in stands if stand.checklist_id in days)
    middle = median(lengths)
    done: dict[int, Cell] = {stand.checklist_id: days[stand.checklist_id] for stand in stands if stand.checklist_id in days}
    rest: dict[int, Cell] = {stand.checklist_id: None for stand in stands if stand.checklist_id not in days}
    cells = (name, None if middle is None else float(middle), percentile(lengths, NINETY), total(lengths), len(rest))
    return Line(key, cells, {3: done, 4: rest})


def _days_until_productive(stands: Sequence[Stand]) -> dict[int, int]:
    """Inner key of the onboarding → days, for those in which nothing required is missing."""
    ready = {stand.checklist_id: stand for stand in stands if not stand.unfinished}
    courses: dict[int, list[int]] = defaultdict(list)
    sessions: Counter[int] = Counter()
    reviews: dict[int, list[Moment]] = defaultdict(list)
    for checklist, kind, course, moment, settled in queries.asked_tasks(ready):
        if settled:  # waived, or said not to apply
            continue
        if kind is TaskKind.TRAINING:
            courses[checklist].append(course)
        elif kind is TaskKind.REVIEW:
            reviews[checklist].append(moment)
        else:
            sessions[checklist] += 1
    pairs = {(ready[checklist].person_id, course) for checklist, wanted in courses.items() for course in wanted}
    held = training.public.times_held(pairs) if pairs else {}
    signed = queries.signed_off([ready[checklist].person_id for checklist in sessions])
    finished = finished_reviews([ready[checklist].person_id for checklist in reviews])
    found = {}
    for key, stand in ready.items():
        ends = [finished.get((stand.person_id, moment)) for moment in reviews[key]]
        needed = Needed(tuple(courses[key]), sessions[key], tuple(None if at is None else stand.day_of(at) for at in ends))
        completed = {
            course: from_on
            for course in needed.courses
            for from_on, until in reversed(held.get((stand.person_id, course), []))
            if until is None or until >= stand.starts_on
        }
        days = [stand.day_of(at) for at in signed.get(stand.person_id, [])]
        ticked_on = stand.day_of(stand.last_done_at) if stand.last_done_at else None
        reached = productive_on(stand.starts_on, ticked_on, needed, completed, days)
        if reached is not None:
            found[key] = (reached - stand.starts_on).days
    return found


def by_phase(viewer: Person, wanted: InsightFilter) -> Report:
    """How much of what was due was done in time, by phase."""
    return _on_time(viewer, wanted, "phase", (_("In time, by phase"), _("Phase")), {phase.value: str(PHASES[phase]) for phase in Phase})


def by_part(viewer: Person, wanted: InsightFilter) -> Report:
    """The same by who does it."""
    return _on_time(viewer, wanted, "part", (_("In time, by who does it"), _("Who does it")), {part.value: str(PARTS[part]) for part in Part})


def by_template(viewer: Person, wanted: InsightFilter) -> Report:
    """The same by the template a task comes from; one that stands in two counts in both."""
    return _on_time(viewer, wanted, "template", (_("In time, by template"), _("Template")), {})


def _on_time(viewer: Person, wanted: InsightFilter, by: str, heads: tuple[str, str], names: Mapping[str, str]) -> Report:
    due: dict[str, dict[int, Cell]] = defaultdict(dict)
    late: dict[str, dict[int, Cell]] = defaultdict(dict)
    every: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for row in queries.punctual(viewer, wanted, by, on=today(viewer.time_zone)):
        due[row.label][row.checklist_id] = row.due
        every[row.label] += row.due
        kept[row.label] += row.in_time
        if row.due > row.in_time:
            late[row.label][row.checklist_id] = row.due - row.in_time
    lines = []
    for label in [name for name in names if name in due] or sorted(due):
        in_time = percent(share(kept[label], every[label]))
        cells = (names.get(label, label), in_time, every[label], kept[label], every[label] - kept[label])
        lines.append(Line(label, cells, {2: due[label], 4: late[label]}))
    title, head = heads
    columns = (head, _("In time, of those due"), _("Tasks due"), _("In time"), _("Late"))
    return Report(title, columns, tuple(lines), frozenset({1}), unit=_("Tasks"))


def drop_off(viewer: Person, wanted: InsightFilter) -> Report:
    """How many came as far as each phase, and where those were whose onboarding was cancelled."""
    stands = queries.stands(viewer, wanted)
    order = list(Phase)
    reached = {stand.checklist_id: min((order.index(phase) for phase in stand.unfinished), default=len(order)) for stand in stands}
    lines = []
    for place in range(len(order) + 1):
        came: dict[int, Cell] = {key: None for key, far in reached.items() if far >= place}
        ended = {stand.checklist_id for stand in stands if stand.state is ChecklistState.CANCELLED}
        there: dict[int, Cell] = {key: None for key in came if reached[key] == place and key not in ended}
        left: dict[int, Cell] = {key: None for key in came if reached[key] == place and key in ended}
        name = str(PHASES[order[place]]) if place < len(order) else _("Everything done")
        key = order[place].value if place < len(order) else "done"
        cells = (name, len(came), percent(share(len(came), len(reached))), len(there), len(left))
        lines.append(Line(key, cells, {1: came, 3: there, 4: left}))
    columns = (_("Came as far as"), _("People"), _("Of all"), _("There now"), _("Cancelled there"))
    return Report(_("Drop-off"), columns, tuple(lines) if stands else (), frozenset({2}))


def mentors(viewer: Person, wanted: InsightFilter) -> Report:
    """How many hours each mentor gave, in how many sessions, to how many new hires."""
    hours: Counter[tuple[str, UUID]] = Counter()
    sessions: dict[tuple[str, UUID], set[int]] = defaultdict(set)
    given: dict[tuple[str, UUID], Counter[int]] = defaultdict(Counter)
    for name, mentor, checklist, session_key, starts_at, ends_at in queries.shadowed(viewer, wanted):
        seconds = int((ends_at - starts_at).total_seconds())
        hours[name, mentor] += seconds
        given[name, mentor][checklist] += seconds
        sessions[name, mentor].add(session_key)
    lines = []
    for (name, mentor), seconds in sorted(hours.items(), key=lambda item: (-item[1], item[0])):
        behind: dict[int, Cell] = {key: round(part / 3600, 1) for key, part in given[name, mentor].items()}
        lines.append(Line(str(mentor), (name, round(seconds / 3600, 1), len(sessions[name, mentor]), len(behind)), {3: behind}))
    columns = (_("Mentor"), _("Hours"), _("Sessions held"), _("New hires"))
    return Report(_("Mentor hours"), columns, tuple(lines), unit=_("Hours"))


def pulse(viewer: Person, wanted: InsightFilter) -> Report:
    """The middle answers of new hires, one (not at all) to five (entirely), of five people or more."""
    found = told(viewer, PulseFilter(wanted.since, wanted.until, wanted.department))
    heads = [ngettext("%(when)s, %(num)s person", "%(when)s, %(num)s people", group.people, when=WAVES[group.wave]) for group in found]
    lines = [Line("", (str(text), *(group.averages[name] for group in found))) for name, text in QUESTIONS.items()] if found else []
    return Report(_("How new hires are doing"), (_("Average from one (not at all) to five (entirely)"), *heads), tuple(lines))


REPORTS: dict[str, Callable[[Person, InsightFilter], Report]] = {
    "productive": productive,
    "phases": by_phase,
    "parts": by_part,
    "templates": by_template,
    "drop-off": drop_off,
    "mentors": mentors,
    "pulse": pulse,
}


def percent(part: Fraction | None) -> float | None:
    """Per cent with one decimal, the nearest."""
    return None if part is None else (part.numerator * 2000 + part.denominator) // (part.denominator * 2) / 10
