"""Figures for a viewer, a filter and a day: read from the index of standings, or judged one by one while it does not know every rule."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.people.models import Person
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.queries import PersonLine, keys_that_fit, people_in_sight
from training.compliance.sight import look
from training.compliance.standing import Standing
from training.insight import queries, reports
from training.insight.queries import CourseAsked
from training.insight.reports import AHEAD, Grid, Outlook, Point
from training.standings.queries import Who, is_relied_on, who_stands_how


@dataclass(frozen=True)
class Asked:
    """Who asks for figures of what, and the day they are of."""

    viewer: Person
    wanted: ComplianceFilter
    on: date


def read_trend(asked: Asked) -> list[Point]:
    """How the last months ended for the people who fit the filter on the day. None while the index does not know every rule."""
    rules = list(queries.courses_asked(asked.viewer, asked.wanted))
    if not rules or not is_relied_on():
        return []
    days = reports.month_ends(asked.on)
    among = keys_that_fit(asked.viewer, asked.wanted, on=asked.on)
    first = reports.counted(who_stands_how(rules, on=days[0], among=among))
    return reports.trend(days, first, queries.movements(rules, days, among=among))


def read_forecast(asked: Asked) -> list[Outlook]:
    """What comes within 30, 60 and 90 days if nothing is done."""
    courses = queries.courses_asked(asked.viewer, asked.wanted)
    today, *ahead = _standings(asked, courses, 0, *AHEAD)
    return reports.forecast(today, ahead, courses, queries.seats_ahead(days=AHEAD[-1]))


def read_grid(asked: Asked) -> Grid:
    """Departments and courses."""
    courses = queries.courses_asked(asked.viewer, asked.wanted)
    (who,) = _standings(asked, courses, 0)
    return reports.grid(who, queries.belonging(asked.viewer, asked.wanted, on=asked.on), courses)


def _standings(asked: Asked, courses: Mapping[int, CourseAsked], *days: int) -> list[Who]:
    moments = [asked.on + timedelta(days=number) for number in days]
    if not is_relied_on():
        return [_judged(asked, day) for day in moments]
    among = keys_that_fit(asked.viewer, asked.wanted, on=asked.on)
    return [who_stands_how(list(courses), on=day, among=among) for day in moments]


def _judged(asked: Asked, day: date) -> Who:
    found: dict[tuple[int, Standing], list[str]] = defaultdict(list)
    sight = look(asked.viewer, asked.wanted, state=None, moment=Moment(day))
    for row in sight.rows:
        for line, cell in zip(sight.lines, row.cells, strict=True):
            if cell.state is not Standing.NOT_REQUIRED:
                found[line.fact.id, cell.state].append(str(row.person_id))
    return found


def people_behind(asked: Asked, outlook: Outlook, *, within: int) -> list[PersonLine]:
    """Those who will lack a course within so many days, or lack it already (0), by name."""
    keys = outlook.lapsing[AHEAD.index(within)] if within else outlook.lacking
    return [line for line in people_in_sight(asked.viewer, asked.wanted, on=asked.on) if str(line.key) in keys]
