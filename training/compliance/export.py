"""The matrix as a table for spreadsheets."""

from datetime import date

from core.web.i18n import _
from core.web.spreadsheets import Cell
from training.compliance.labels import STANDINGS
from training.compliance.moment import Moment
from training.compliance.sight import Sight
from training.compliance.standing import Standing


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def compliance_rows(sight: Sight, moment: Moment) -> list[list[Cell]]:
    """A head, and one line for each person and requirement of those shown; days in ISO form."""
    head: list[Cell] = [
        *(_("As of"), _("As known on"), _("Person"), _("Job role"), _("Department"), _("Place"), _("Manager")),
        *(_("Rule"), _("Course code"), _("Course"), _("Regulation"), _("State")),
        *(_("Required since"), _("Due on"), _("Completed on"), _("Valid until")),
    ]
    rows: list[list[Cell]] = [head]
    for row in sight.rows:
        person = sight.people[row.person_id]
        for line, cell in zip(sight.lines, row.cells, strict=True):
            if cell.state is Standing.NOT_REQUIRED:
                continue
            named = [person.name, person.role, person.department, person.place, person.manager]
            asked = [f"{line.fact.number}.{line.fact.revision}", line.course_code, line.course_title, line.fact.source, str(STANDINGS[cell.state])]
            days = [_day(cell.since), _day(cell.due_on), _day(cell.completed_on), _day(cell.valid_until)]
            rows.append([moment.on.isoformat(), _day(moment.known_on), *named, *asked, *days])
    return rows
