"""What the lines of a file mean: whom, which course and version, and whether the line can be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.clock import today
from core.errors import Invalid
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import CourseVersion
from training.external_results import queries
from training.external_results.reading import Line, Result, read_lines, read_result


@dataclass(frozen=True)
class Checked:
    """A line with what it means, or with the problem it has; `is_known` when all of it is on record already."""

    line: Line
    person: Person | None = None
    version: CourseVersion | None = None
    result: Result | None = None
    passed: bool = False
    problem: str = ""
    is_known: bool = False


@dataclass(frozen=True)
class CheckedFile:
    """Every line of a file."""

    lines: Sequence[Checked]

    @property
    def problems(self) -> list[Checked]:
        """The lines that cannot be taken in."""
        return [one for one in self.lines if one.problem]

    @property
    def known(self) -> list[Checked]:
        """The lines that are on record already, and are passed over."""
        return [one for one in self.lines if one.is_known]

    @property
    def fresh(self) -> list[Checked]:
        """The lines that would be taken in."""
        return [one for one in self.lines if not one.problem and not one.is_known]


def check_file(text: str, *, by: Person) -> CheckedFile:
    """What each line means. Raises Invalid when the file as a whole cannot be read."""
    lines = read_lines(text)
    people = queries.staff_by_address({line.cell("email").lower() for line in lines})
    versions = queries.versions_by_code({line.cell("course").lower() for line in lines})
    known = queries.known_results({person.id for found in people.values() for person in found})
    seen: dict[tuple[int, int, date], int] = {}
    checked = []
    for line in lines:
        try:
            person = _person(people.get(line.cell("email").lower(), []), line.cell("email"), by=by)
            offered = versions.get(line.cell("course").lower())
            if not offered:
                raise Invalid(_("No course has the code “%(code)s” and was ever in force.", code=line.cell("course")[:40]))
            result = read_result(line, today=today(by.time_zone))
            key = (person.id, offered[0].course_id, result.day)
            if key in seen:
                raise Invalid(_("Line %(number)s says the same person, course and day.", number=seen[key]))
            seen[key] = line.number
        except Invalid as refusal:
            checked.append(Checked(line, problem=str(refusal.sentence)))
            continue
        version = _version(offered, on=result.day)
        passed = result.passed if result.passed is not None else result.score is not None and result.score >= version.pass_mark
        checked.append(Checked(line, person, version, result, passed, is_known=key in known))
    return CheckedFile(checked)


def _person(found: Sequence[Person], address: str, *, by: Person) -> Person:
    if not found:
        raise Invalid(_("Nobody who works or worked here has the address “%(address)s”.", address=address[:80]))
    if len(found) > 1:
        raise Invalid(_("More than one person has the address “%(address)s”.", address=address[:80]))
    if found[0].id == by.id:
        raise Invalid(_("Nobody takes in results of their own. Ask a colleague in compliance."))
    return found[0]


def _version(offered: Sequence[CourseVersion], *, on: date) -> CourseVersion:
    """The version in force on the day; before the first one, the first."""
    in_force = [version for version in offered if version.in_force_from is not None and version.in_force_from <= on]
    return in_force[-1] if in_force else offered[0]
