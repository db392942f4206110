"""Five years of required training of many people: written in bulk, without audit, after the demonstration that has both."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bench.rows import next_key, public_id, write_rows
from core.db import session
from core.people.models import Employment, EmploymentType, Person
from core.people.naming import note_names
from core.world import World
from training.catalogue.models import Course, CourseVersion, VersionState
from training.compliance.standing import RuleFact, Stretch, spells
from training.exams.models import Attempt, AttemptState
from training.exemptions.models import Exemption, ExemptionState
from training.learning.models import Study
from training.requirements.derivation import asked, merged
from training.requirements.models import Assignment, Completion, CompletionSource, Rule
from training.requirements.queries import rule_lines
from training.standings.actions import begin_deriving

YEARS = 5
LONG_AGO = 365 * YEARS + 5
TEAM = 12  # people who report to one manager
ROLES, DEPARTMENTS = 3, 4  # as many of the demonstration's as rules ask something of
ATTEMPTS = 8  # completions of the last so many weeks were exams
FIRST_NAMES = ("Ana", "Bruno", "Carla", "Diego", "Elisa", "Fábio", "Gisele", "Heitor", "Iara", "João", "Kátia", "Lucas", "Marta", "Nelson", "Olívia")
LAST_NAMES = ("Abreu", "Barros", "Campos", "Duarte", "Esteves", "Farias", "Gouveia", "Holanda", "Ibarra", "Junqueira", "Klein", "Lacerda", "Mota")


@dataclass
class _Written:
    """What comes of simulating people, column by column as the tables want it."""

    completions: list[tuple[Any, ...]] = field(default_factory=list)
    assignments: list[tuple[Any, ...]] = field(default_factory=list)
    studies: list[tuple[Any, ...]] = field(default_factory=list)
    attempts: list[tuple[Any, ...]] = field(default_factory=list)
    exemptions: list[tuple[Any, ...]] = field(default_factory=list)


def add_history(world: World, *, people: int, rules: int) -> int:
    """Employ people until there are so many, let so many rules ask something of them for five years, and let them learn. Answers with
    how many records were written."""
    _ask(world, rules)
    stretches = _employ(world, people)
    written = _learn(world, stretches)
    begin_deriving(anew=True)
    return _write(written) + sum(len(each) for each in stretches.values()) + len(stretches)


def _ask(world: World, wanted: int) -> None:
    """The demonstration's rules have been in effect for five years; and as many more, each for a course of its own."""
    begun = world.today - timedelta(days=LONG_AGO)
    session.execute(update(Rule).values(effective_from=begun, recorded_at=_at(begun)))
    roles = [None, *list(world.job_roles.values())[:ROLES]]
    present = session.scalars(select(func.count()).select_from(Rule)).one()
    for number in range(present + 1, wanted + 1):
        course = Course(public_id=public_id(number, 1), title=f"Norma interna {number:02d}", code=f"NI-{number:02d}", regulation=f"Norma {number}")
        session.add(course)
        session.flush()
        session.add(
            CourseVersion(
                public_id=public_id(number, 2),
                course_id=course.id,
                number=1,
                state=VersionState.IN_FORCE,
                in_force_from=begun,
                approved_at=_at(begun),
            )
        )
        role = roles[number % len(roles)]
        session.add(
            Rule(
                public_id=public_id(number, 3),
                lineage=public_id(number, 4),
                number=number,
                job_role_id=None if role is None else role.id,
                course_id=course.id,
                valid_months=(12, 24, None)[number % 3],
                source=course.regulation,
                effective_from=begun,
                recorded_at=_at(begun),
            )
        )
    session.flush()


def _employ(world: World, until: int) -> dict[int, list[Stretch]]:
    """Invented people, each a while ago, a third of them in a second position since; every twelfth leads those who follow."""
    dice, first = world.random, next_key(Person)
    keys = range(first, first + until - session.scalars(select(func.count(Employment.person_id.distinct()))).one())
    names = [f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)} {dice.choice(LAST_NAMES)}" for _key in keys]
    write_rows(
        Person,
        ("id", "public_id", "name", "searchable", "email", "phone", "locale", "time_zone", "created_at", "version"),
        (
            (
                key,
                public_id(key, 5),
                name,
                name.casefold(),
                f"{key}@colleagues.demo.trilha.test",
                "",
                "pt_BR",
                "America/Sao_Paulo",
                _at(world.today),
                1,
            )
            for key, name in zip(keys, names, strict=True)
        ),
    )
    note_names(zip(keys, names, strict=True))
    stretches: dict[int, list[Stretch]] = {}
    rows: list[tuple[Any, ...]] = []
    for place, key in enumerate(keys):
        led_by = world.people["manager"].id if place < TEAM * TEAM else keys[place // TEAM]
        found = _positions(world)
        stretches[key] = [Stretch(since, last, role, department) for since, last, role, department in found]
        for since, last, role, department in found:
            rows.append((since, last, key, role, department, led_by, found[0][0], _at(since - timedelta(days=10))))
    _write_employments(world, rows)
    return stretches


def _positions(world: World) -> list[tuple[date, date | None, int, int]]:
    dice = world.random
    roles = [role.id for role in list(world.job_roles.values())[:ROLES]]
    departments = [department.id for department in list(world.departments.values())[:DEPARTMENTS]]
    since = world.today - timedelta(days=min(LONG_AGO, 30 + dice.randrange(LONG_AGO * 4)))
    role, department, last = dice.choice(roles), dice.choice(departments), None
    if dice.random() < 0.05:
        last = since + timedelta(days=dice.randrange(20, 1500))
        return [(since, last if last < world.today else None, role, department)]
    moved = since + timedelta(days=1 + dice.randrange(LONG_AGO))
    if dice.random() < 0.33 and moved < world.today:
        return [(since, moved - timedelta(days=1), role, department), (moved, None, dice.choice(roles), dice.choice(departments))]
    return [(since, None, role, department)]


def _write_employments(world: World, rows: Sequence[tuple[Any, ...]]) -> None:
    places = [place.id for place in world.places.values()]
    first = next_key(Employment)
    write_rows(
        Employment,
        ("id", "public_id", "valid_from", "valid_to", "person_id", "job_role_id", "department_id", "manager_id", "hired_on", "recorded_at")
        + ("location_id", "employment_type"),
        ((key, public_id(key, 6), *row, places[row[2] % len(places)], EmploymentType.FULL_TIME.value) for key, row in enumerate(rows, first)),
    )


def _learn(world: World, people: dict[int, list[Stretch]]) -> _Written:
    written = _Written()
    facts = [line.fact for line in rule_lines(on=world.today)]
    versions = dict(iter(session.execute(select(CourseVersion.course_id, func.max(CourseVersion.id)).group_by(CourseVersion.course_id))))
    officer = world.people["compliance"].id
    for key, stretches in people.items():
        by_course: dict[int, list[RuleFact]] = defaultdict(list)
        for fact in facts:
            by_course[fact.course_id].append(fact)
        for course, rules in by_course.items():
            asking = [fact for fact in rules if spells(fact, stretches)]
            if not asking:
                continue
            completed = list(_completions(world, asking[0], stretches))
            _note(world, written, key, course, versions[course], completed)
            done = [day for day, _until in completed]
            written.assignments += [
                (
                    key,
                    one.rule.id,
                    one.rule.lineage,
                    one.rule.chain,
                    one.cycle,
                    one.available_on,
                    one.due_on,
                    one.met_on,
                    one.ended_on,
                    _at(one.available_on),
                )
                for one in merged([row for fact in asking for row in asked(fact, stretches, completed=done)])
            ]
            if world.random.random() < 0.004:
                begun = world.today - timedelta(days=world.random.randrange(1, 600))
                written.exemptions.append((key, course, begun, begun + timedelta(days=180), officer, _at(begun), _at(begun)))
    return written


def _completions(world: World, rule: RuleFact, stretches: Sequence[Stretch]) -> Iterator[tuple[date, date | None]]:
    """Days of completion: mostly in time, some late, few never; each with the last day it is valid."""
    dice = world.random
    luck = dice.random()
    if luck < 0.02:
        return
    done: list[date] = []
    day = spells(rule, stretches)[0].since + timedelta(days=dice.randrange(2, max(rule.due_days, 3)) + (30 if luck > 0.96 else 0))
    last = stretches[-1].until or world.today - timedelta(days=1)
    while day <= last:
        done.append(day)
        until = rule.earned(done)[-1].until
        yield day, until
        if until is None or (luck < 0.06 and until > world.today - timedelta(days=100)):
            return
        day = max(until - timedelta(days=dice.randrange(-6, 28)), day + timedelta(days=30))


def _note(world: World, written: _Written, person: int, course: int, version: int, completed: Sequence[tuple[date, date | None]]) -> None:
    dice = world.random
    begun = completed[0][0] - timedelta(days=dice.randrange(12)) if completed else world.today - timedelta(days=dice.randrange(40))
    if completed or dice.random() < 0.3:
        written.studies.append((person, course, version, _at(begun)))
    for number, (day, until) in enumerate(completed, 1):
        by_exam = (world.today - day).days < 7 * ATTEMPTS * 8
        if by_exam:
            written.attempts.append((person, course, version, number, _at(day)))
        written.completions.append((person, course, version, day, until, _at(day), len(written.attempts) if by_exam else None))


def _write(written: _Written) -> int:
    """Write it all down, by keys of ours."""
    attempt = next_key(Attempt)
    _keyed(
        Attempt,
        8,
        (
            "person_id",
            "course_id",
            "version_id",
            "number",
            "started_at",
            "deadline_at",
            "submitted_at",
            "graded_at",
            "seed",
            "drawn",
            "ran_out",
            "state",
        )
        + ("last_sequence", "earned", "possible", "passed"),
        [(*row[:4], *_sitting(row[4])) for row in written.attempts],
    )
    _keyed(
        Completion,
        9,
        ("person_id", "course_id", "version_id", "completed_on", "valid_until", "recorded_at", "attempt_id", "source"),
        [
            (*row[:6], *((None, CompletionSource.RECORDED.value) if row[6] is None else (attempt + row[6] - 1, CompletionSource.EXAM.value)))
            for row in written.completions
        ],
    )
    named = ("person_id", "rule_id", "lineage", "chain", "cycle", "available_on", "due_on", "met_on", "ended_on", "recorded_at")
    _keyed(Assignment, 10, named, written.assignments)
    _keyed(Study, 11, ("person_id", "course_id", "version_id", "started_at"), written.studies)
    approved = (ExemptionState.APPROVED.value, "Função sem esse risco.", 1)
    days = ("person_id", "course_id", "valid_from", "valid_to", "approved_by_id", "recorded_at", "approved_at")
    _keyed(Exemption, 12, (*days, "state", "reason", "version"), [(*row, *approved) for row in written.exemptions])
    lists: tuple[list[Any], ...] = (written.attempts, written.completions, written.assignments, written.studies, written.exemptions)
    return sum(map(len, lists))


def _sitting(begun: datetime) -> tuple[Any, ...]:
    """An exam of nine minutes, passed."""
    done = begun + timedelta(minutes=9)
    return begun, begun + timedelta(minutes=30), done, done, 1, [], False, AttemptState.SUBMITTED.value, 1, "9", 10, True


def _keyed(model: Callable[..., Any], kind: int, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    first = next_key(model)  # type: ignore[arg-type]
    write_rows(model, ("id", "public_id", *columns), ((key, public_id(key, kind), *row) for key, row in enumerate(rows, first)))  # type: ignore[arg-type]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(13), UTC)
