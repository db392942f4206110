"""The reports: what each shows, as a table of plain values from which page, chart and spreadsheet are made."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.figures import median, percentile, share, total
from core.people.models import Person
from core.web.i18n import _
from core.web.spreadsheets import Cell
from hiring.applications.labels import DECLINE_REASONS
from hiring.careers.sources import source_text
from hiring.insight import labels
from hiring.insight.models import Measure
from hiring.insight.queries import InsightFilter, Summed, summed
from hiring.offers.labels import OFFER_STATE_LABELS
from hiring.postings.models import StageKind

NINETY = Fraction(9, 10)


@dataclass(frozen=True)
class Line:
    """A line of a report. `behind` names the number whose people can be seen: measure and label."""

    cells: tuple[Cell, ...]
    behind: tuple[Measure, str] | None = None


@dataclass(frozen=True)
class Report:
    """A report's table. The first column names, the second is what the chart shows; `percent` are the columns that hold per cent."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    percent: frozenset[int] = frozenset()

    def rows(self) -> list[Sequence[Cell]]:
        """The table for a spreadsheet, head first."""
        return [self.columns, *(line.cells for line in self.lines)]


def funnel(viewer: Person, wanted: InsightFilter) -> Report:
    """How many came how far, and how many of those before."""
    reached = {StageKind(row.label): row.number for row in summed(viewer, Measure.REACHED, wanted)}
    lines, before = [], None
    first = reached.get(StageKind.NEW, 0)
    for kind in StageKind:
        count = reached.get(kind, 0)
        cells = (str(labels.STAGES[kind]), count, _percent(None if before is None else share(count, before)), _percent(share(count, first)))
        lines.append(Line(cells, (Measure.REACHED, kind.value)))
        before = count
    return Report(_("Funnel"), (_("Came as far as"), _("Candidates"), _("Of the step before"), _("Of all")), tuple(lines), frozenset({2, 3}))


def times(viewer: Person, wanted: InsightFilter) -> Report:
    """How long each stage takes, and how long it takes to hire."""
    stays = _histograms(summed(viewer, Measure.STAGE_DAYS, wanted))
    lines = [_days(str(labels.STAGES[kind]), stays.get(kind.value, {}), None) for kind in StageKind if kind is not StageKind.HIRED]
    for measure in (Measure.HIRE_DAYS, Measure.FILL_DAYS):
        days = _histograms(summed(viewer, measure, wanted)).get("", {})
        lines.append(_days(str(labels.MEASURES[measure]), days, (Measure.REACHED, StageKind.HIRED.value)))
    return Report(_("Times"), (_("What"), _("Days, the middle"), _("Nine of ten within"), _("Counted")), tuple(lines))


def _histograms(rows: Sequence[Summed]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        found[row.label][row.days or 0] = row.number
    return found


def _days(name: str, days: dict[int, int], behind: tuple[Measure, str] | None) -> Line:
    middle = median(days)
    return Line((name, None if middle is None else float(middle), percentile(days, NINETY), total(days)), behind)


def sources(viewer: Person, wanted: InsightFilter) -> Report:
    """Where candidates came from, and how many of them were hired."""
    hired = {row.label: row.number for row in summed(viewer, Measure.SOURCE_HIRED, wanted)}
    rows = sorted(summed(viewer, Measure.SOURCE, wanted), key=lambda row: (-row.number, row.label))
    lines = [
        Line((source_text(row.label), row.number, came, _percent(share(came, row.number))), (Measure.SOURCE, row.label))
        for row in rows
        for came in [hired.get(row.label, 0)]
    ]
    return Report(_("Sources"), (_("Source"), _("Candidates"), _("Hired"), _("Hired of these")), tuple(lines), frozenset({3}))


def offers(viewer: Person, wanted: InsightFilter) -> Report:
    """What became of the offers that were sent."""
    found = {row.label: row.number for row in summed(viewer, Measure.OFFER, wanted)}
    every = sum(found.values())
    lines = [
        Line((str(word), found[state.value], _percent(share(found[state.value], every))))
        for state, word in OFFER_STATE_LABELS.items()
        if state.value in found
    ]
    return Report(_("Offers sent"), (_("What became of them"), _("Offers"), _("Of all sent")), tuple(lines), frozenset({2}))


def interviewers(viewer: Person, wanted: InsightFilter) -> Report:
    """How many interviews each held, and whether their scorecards came within a day."""
    held: Counter[tuple[str, int | None]] = Counter()  # two may have the same name
    for row in summed(viewer, Measure.LOAD, wanted):
        held[row.person, row.person_key] += row.number
    cards: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    for row in summed(viewer, Measure.CARD, wanted):
        cards[row.person, row.person_key][row.label] += row.number
    lines = []
    for who, count in sorted(held.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or 0)):
        counted = cards[who]
        in_time = _percent(share(counted["in_time"], counted.total()))
        lines.append(Line((who[0], count, counted["in_time"], counted["late"], counted["missing"], in_time)))
    columns = (_("Interviewer"), _("Interviews held"), *(str(word) for word in labels.CARDS.values()), _("Within a day, of those due"))
    return Report(_("Interviewers"), columns, tuple(lines), frozenset({5}))


def reasons(viewer: Person, wanted: InsightFilter) -> Report:
    """Why applications were declined."""
    found = {row.label: row.number for row in summed(viewer, Measure.REASON, wanted)}
    every = sum(found.values())
    named = [(str(word), found[reason.value], reason.value) for reason, word in DECLINE_REASONS.items() if reason.value in found]
    named.sort(key=lambda one: (-one[1], one[0]))
    lines = [Line((word, count, _percent(share(count, every))), (Measure.REASON, key)) for word, count, key in named]
    return Report(_("Reasons"), (_("Reason"), _("Declined"), _("Of all declined")), tuple(lines), frozenset({2}))


REPORTS: dict[str, Callable[[Person, InsightFilter], Report]] = {
    "funnel": funnel,
    "times": times,
    "sources": sources,
    "offers": offers,
    "interviewers": interviewers,
    "reasons": reasons,
}


def _percent(part: Fraction | None) -> float | None:
    """Per cent with one decimal, the nearest."""
    return None if part is None else (part.numerator * 2000 + part.denominator) // (part.denominator * 2) / 10
