"""Who is overdue with what on a day, with the day each who should hear of it was last told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.people.models import Person
from core.web.paging import PAGE_SIZE, Page
from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.sight import look
from training.compliance.standing import Standing
from training.reminders.models import Audience
from training.reminders.queries import last_told
from training.reminders.steps import LATE


@dataclass(frozen=True)
class Overdue:
    """A requirement somebody is overdue with; `told` says when each audience last heard of it."""

    person_id: UUID
    name: str
    manager: str
    course: str
    rule: int
    state: Standing
    due_on: date
    days: int
    told: Mapping[Audience, date]


def overdue_page(viewer: Person, *, on: date, words: str, number: int) -> tuple[Page[Overdue], int]:
    """One page of what the people the viewer sees are overdue with, the longest first, and how many there are."""
    sight = look(viewer, ComplianceFilter(words=words), state=None, moment=Moment(on))
    late = [
        (cell.due_on, sight.people[row.person_id].name, row.person_id, place)
        for row in sight.rows
        for place, cell in enumerate(row.cells)
        if cell.state in LATE and cell.due_on is not None
    ]
    late.sort()
    first = (number - 1) * PAGE_SIZE
    shown = late[first : first + PAGE_SIZE]
    cells = {row.person_id: row.cells for row in sight.rows}
    told = last_told(sorted({key for _due, _name, key, _place in shown}))
    found = []
    for due_on, name, key, place in shown:
        line, person = sight.lines[place], sight.people[key]
        heard = {audience: told[key, str(line.fact.lineage), audience] for audience in Audience if (key, str(line.fact.lineage), audience) in told}
        state = cells[key][place].state
        found.append(Overdue(person.id, name, person.manager, line.course_title, line.fact.number, state, due_on, (on - due_on).days, heard))
    return Page(found, number, len(late) > first + PAGE_SIZE), len(late)
