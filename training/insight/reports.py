"""The figures of compliance: trend, forecast, league of departments, heat map. Pure: made from who stands how."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from training.compliance.standing import IN_ORDER, OPEN, Standing
from training.insight.queries import Belonging, CourseAsked, SeatsAhead
from training.standings.queries import Who

SMALLEST_GROUP = 5  # of fewer people no share is told: it would tell of each
AHEAD = (30, 60, 90)  # days
MONTHS = 24
USUAL_SEATS = 12  # in a session of a course that has none planned
MISSING = OPEN - {Standing.EXPIRING}  # what merely runs out soon still holds


@dataclass
class Share:
    """How many requirements there are and how many are in order."""

    required: int = 0
    in_order: int = 0
    people: set[str] = field(default_factory=set)

    def add(self, state: Standing, people: Iterable[str], number: int) -> None:
        """Count so many more people who stand so."""
        self.required += number
        self.in_order += number if state in IN_ORDER else 0
        self.people.update(people)

    @property
    def missing(self) -> int:
        """How many are not in order."""
        return self.required - self.in_order

    @property
    def percent(self) -> int | None:
        """The share in order, cut to a whole percent, so that 100 means all. None where nothing is required."""
        return self.in_order * 100 // self.required if self.required else None

    @property
    def is_told(self) -> bool:
        """Whether there are enough people to tell a share of them."""
        return len(self.people) >= SMALLEST_GROUP


@dataclass(frozen=True)
class Point:
    """How a month ended, or the day that is looked at."""

    day: date
    required: int
    in_order: int

    @property
    def percent(self) -> int | None:
        """The share in order, cut to a whole percent."""
        return self.in_order * 100 // self.required if self.required else None


def month_ends(day: date) -> list[date]:
    """The last days of the months before the day, and the day itself: as many as a trend has points, and one before to count from."""
    found = [day]
    while len(found) <= MONTHS:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def trend(days: Sequence[date], first: Mapping[Standing, int], moved: Mapping[tuple[date, Standing], int]) -> list[Point]:
    """How each of the days but the first stood, from how the first did and what has moved since."""
    numbers = dict(first)
    points = []
    for day in days[1:]:
        for state in Standing:
            numbers[state] = numbers.get(state, 0) + moved.get((day, state), 0)
        points.append(Point(day, sum(numbers.values()), sum(numbers[state] for state in IN_ORDER)))
    return points


def counted(who: Who) -> dict[Standing, int]:
    """How many stand how, whatever the rule."""
    found: dict[Standing, int] = defaultdict(int)
    for (_rule_id, state), people in who.items():
        found[state] += len(people)
    return found


@dataclass(frozen=True)
class Outlook:
    """A course: who lacks it already, who will within 30, 60 and 90 days unless something is done, and the seats there are for them."""

    course: CourseAsked
    lacking: frozenset[str]
    lapsing: tuple[frozenset[str], ...]  # within each of `AHEAD`, each with those before
    seats: SeatsAhead | None

    @property
    def wanted(self) -> int:
        """How many people need it within the longest of these times."""
        return len(self.lacking | self.lapsing[-1])

    @property
    def sessions_needed(self) -> int | None:
        """How many sessions are to be planned besides; None for what is not taught in sessions."""
        if not self.course.in_sessions:
            return None
        seats = self.seats or SeatsAhead(0, 0, USUAL_SEATS)
        return -(-max(self.wanted - seats.free, 0) // seats.capacity)


def forecast(today: Who, ahead: Sequence[Who], courses: Mapping[int, CourseAsked], seats: Mapping[int, SeatsAhead]) -> list[Outlook]:
    """What comes if nothing is done, by title of the course; those of whom nobody lacks or will lack it are left out."""
    lacking = _lacking(today, courses)
    later = [_lacking(each, courses) for each in ahead]
    found = []
    for course in dict.fromkeys(courses.values()):
        now = lacking.get(course.id, frozenset())
        lapsing = tuple(each.get(course.id, frozenset()) - now for each in later)
        if now or lapsing[-1]:
            found.append(Outlook(course, now, lapsing, seats.get(course.id)))
    return found


def _lacking(who: Who, courses: Mapping[int, CourseAsked]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for (rule_id, state), people in who.items():
        if state in MISSING:
            found[courses[rule_id].id].update(people)
    return {course_id: frozenset(people) for course_id, people in found.items()}


@dataclass(frozen=True)
class Grid:
    """Departments and courses: the share of each department, of each course, and of each course in a department."""

    departments: Sequence[tuple[str, str]]  # public id and name
    courses: Sequence[CourseAsked]
    of_department: Mapping[str, Share]
    of_course: Mapping[int, Share]
    cells: Mapping[tuple[str, int], Share]

    @property
    def league(self) -> list[tuple[int | None, str, str, Share]]:
        """Place, department and share, the best first; equal shares have the same place, and small departments none."""
        ranked = [(self.of_department[key], key, name) for key, name in self.departments if self.of_department[key].required]
        ranked.sort(key=lambda one: (not one[0].is_told, -(one[0].percent or 0), one[2]))
        better = [share.percent for share, _key, _name in ranked if share.is_told]
        return [(better.index(share.percent) + 1 if share.is_told else None, key, name, share) for share, key, name in ranked]


def grid(who: Who, people: Sequence[Belonging], courses: Mapping[int, CourseAsked]) -> Grid:
    """Who stands how, by department and course."""
    of_person = {one.key: one.department_id for one in people}
    cells: dict[tuple[str, int], Share] = defaultdict(Share)
    of_department: dict[str, Share] = defaultdict(Share)
    of_course: dict[int, Share] = defaultdict(Share)
    for (rule_id, state), keys in who.items():
        course = courses[rule_id].id
        for department, members in _apart(keys, of_person).items():
            for share in (cells[department, course], of_department[department], of_course[course]):
                share.add(state, members, len(members))
    named = list(dict.fromkeys((one.department_id, one.department) for one in people))
    asked = [course for course in dict.fromkeys(courses.values()) if of_course[course.id].required]
    return Grid(named, asked, of_department, of_course, cells)


def _apart(keys: Iterable[str], of_person: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key in of_person:
            found[of_person[key]].append(key)
    return found
