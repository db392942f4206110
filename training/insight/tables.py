"""The figures of compliance as tables for spreadsheets."""

from collections.abc import Sequence

from core.web.i18n import _
from core.web.spreadsheets import Cell
from training.insight.reports import AHEAD, Grid, Outlook, Point, Share

Table = list[list[Cell]]


def trend_table(points: Sequence[Point]) -> Table:
    """One line for each month."""
    head: list[Cell] = [_("Day"), _("Requirements"), _("In order"), _("Percent")]
    rows: Table = [[point.day.isoformat(), point.required, point.in_order, point.percent] for point in points]
    return [head, *rows]


def forecast_table(outlooks: Sequence[Outlook]) -> Table:
    """One line for each course."""
    head: list[Cell] = [
        *(_("Course code"), _("Course"), _("Lacking now")),
        *(_("Within %(count)s days", count=days) for days in AHEAD),
        *(_("Sessions planned"), _("Free seats"), _("Sessions needed")),
    ]
    rows: Table = [head]
    for one in outlooks:
        seats = [0, 0] if one.seats is None else [one.seats.sessions, one.seats.free]
        numbers = [len(one.lacking), *map(len, one.lapsing), *(seats if one.course.in_sessions else [None, None]), one.sessions_needed]
        rows.append([one.course.code, one.course.title, *numbers])
    return rows


def league_table(grid: Grid) -> Table:
    """One line for each department, the best first."""
    head: list[Cell] = [_("Rank"), _("Department"), _("People"), _("Requirements"), _("In order"), _("Percent")]
    return [head, *([place, name, len(share.people), *_numbers(share)] for place, _key, name, share in grid.league)]


def heat_table(grid: Grid) -> Table:
    """Departments by courses: the share in order."""
    head: list[Cell] = [_("Department"), *(course.title for course in grid.courses)]
    cells = ([name, *(_told(grid.cells.get((key, course.id))) for course in grid.courses)] for key, name in grid.departments)
    return [head, *cells]


def _numbers(share: Share) -> list[Cell]:
    """Required, in order and the share; of a small group only how much is required."""
    return [share.required, share.in_order, share.percent] if share.is_told else [share.required, None, None]


def _told(share: Share | None) -> Cell:
    return share.percent if share is not None and share.is_told else None
