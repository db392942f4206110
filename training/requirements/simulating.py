"""What a rule would do, before it is written: whom it asks, who is not in order when, how many hours of training. Nothing is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.people.queries import departments
from training.compliance.audience import FAR, Stretch
from training.compliance.credit import next_course
from training.compliance.rule import RuleFact
from training.compliance.standing import IN_ORDER, Judgement, Standing, judge_known, part_on
from training.requirements import queries
from training.requirements.drafts import RuleDraft
from training.requirements.queries import PersonFacts
from training.requirements.writing import insist_on_no_contradiction

MONTHS = 12
DAY = timedelta(days=1)


@dataclass
class Share:
    """A department's part of it."""

    name: str
    covered: int = 0
    open: int = 0
    minutes: int = 0

    @property
    def hours(self) -> int:
        """Whole hours of training, rounded up."""
        return -(-self.minutes // 60)


@dataclass
class Simulation:
    """What a rule would do on its first day, or today if that is later. Months are named by their first day."""

    on: date
    covered: int = 0
    in_order: int = 0
    exempt: int = 0
    asked_already: int = 0  # by another rule for the same: nothing new for them
    late_at_once: int = 0
    minutes: int = 0
    months: list[tuple[date, int]] = field(default_factory=list)  # how many fall out of order, if nobody does anything
    later: int = 0
    departments: list[Share] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many would have something to do."""
        return self.covered - self.in_order - self.exempt

    @property
    def hours(self) -> int:
        """Whole hours of training, rounded up."""
        return -(-self.minutes // 60)

    @property
    def most(self) -> int:
        """The greatest number of a month, and 1 at least."""
        return max([1, *(count for _month, count in self.months)])


def simulate(draft: RuleDraft, *, on: date) -> Simulation:
    """What the draft would do. Raises Invalid for what cannot be written."""
    draft.insist()
    insist_on_no_contradiction(draft)
    rule, day = draft.fact(), max(on, draft.effective_from)
    facts = queries.facts_of(None, courses=rule.courses)
    others = [line.fact for line in queries.rule_lines(on=day) if line.fact.chain == rule.chain]
    minutes = {course.id: course.duration_minutes for course in (draft.course, *draft.also)}
    found = Simulation(day)
    shares = {row.id: Share(row.name) for row in departments()}
    lapses: Counter[date] = Counter()
    for known in facts.values():
        part = part_on(rule.asks, known.stretches, day)
        if part is None:
            continue
        judged = judge_known(rule, part, known, on=day)
        share = shares[_stretch(known.stretches, day).department_id]
        _count(found, share, rule, judged, known, minutes)
        if any(part_on(other.asks, known.stretches, day) for other in others):
            found.asked_already += 1
        elif judged.state is not Standing.EXEMPT and judged.due_on is not None:
            lapses[_month(max(judged.due_on + timedelta(days=rule.clock.grace_days) + DAY, day))] += 1
    found.departments = sorted((share for share in shares.values() if share.covered), key=lambda share: (-share.open, share.name))
    found.months = [(month, lapses[month]) for month in _months(day)]
    found.later = sum(lapses.values()) - sum(count for _month, count in found.months)
    return found


def _count(found: Simulation, share: Share, rule: RuleFact, judged: Judgement, known: PersonFacts, minutes: dict[int, int]) -> None:
    found.covered, share.covered = found.covered + 1, share.covered + 1
    if judged.state is Standing.EXEMPT:
        found.exempt += 1
    elif judged.state in IN_ORDER:
        found.in_order += 1
    else:
        needed = _minutes(rule, known, minutes, found.on)
        share.open += 1
        share.minutes, found.minutes = share.minutes + needed, found.minutes + needed
        found.late_at_once += judged.state in (Standing.OVERDUE, Standing.EXPIRED)


def _minutes(rule: RuleFact, known: PersonFacts, minutes: dict[int, int], on: date) -> int:
    """How long it takes: the shortest of several that will do, or what is left of a curriculum."""
    left = next_course(rule, known, on=on)
    if left is not None:
        return sum(minutes[course] for course in rule.courses[rule.courses.index(left) :])
    return min(minutes[course] for course in rule.courses)


def _stretch(stretches: Sequence[Stretch], on: date) -> Stretch:
    return next(stretch for stretch in stretches if stretch.since <= on <= (stretch.until or FAR))


def _month(day: date) -> date:
    return day.replace(day=1)


def _months(day: date) -> Iterable[date]:
    month = _month(day)
    for _number in range(MONTHS):
        yield month
        month = _month(month + timedelta(days=31))
