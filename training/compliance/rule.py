"""What a rule asks, as one value made of its revision in effect on a day, with the days that follow from it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from training.compliance.audience import Audience
from training.compliance.expiry import BY_COMPLETION, Period, RuleClock, periods
from training.compliance.terms import PLAIN, Clocks, Combination, DueFrom, Retakes, RuleTerms


@dataclass(frozen=True)
class RuleFact:
    """What a rule asks for, in the revision that holds on the day. `since` is when its first revision took effect."""

    id: int
    public_id: UUID
    lineage: UUID
    number: int
    revision: int
    course_id: int
    job_role_id: int | None
    due_days: int
    valid_months: int | None
    window_days: int
    since: date
    until: date | None
    source: str = ""
    clock: RuleClock = BY_COMPLETION
    audience: Audience | None = None  # None: the job role, or without one everybody employed
    terms: RuleTerms = PLAIN
    also: tuple[int, ...] = ()  # further courses (inner keys), after the first
    retakes: Retakes = field(default_factory=dict, hash=False)
    noticed_from: date | None = None  # the day its present days were written down or took effect, whichever is later

    @cached_property
    def courses(self) -> tuple[int, ...]:
        """Every course it names (inner keys), in order."""
        return (self.course_id, *self.also)

    @cached_property
    def is_plain(self) -> bool:
        """Whether every completion of one course counts, as long as it is valid: what is judged without weighing each."""
        return not self.also and not self.retakes and self.terms.look_back_days is None and self.terms.combines is Combination.COURSE

    @cached_property
    def chain(self) -> str:
        """What it asks for, as one text: rules that ask the same share the cycles of a person."""
        if self.terms.combines is Combination.COURSE:
            return f"course:{self.course_id}"
        courses = self.courses if self.terms.combines is Combination.IN_ORDER else sorted(self.courses)
        return f"{self.terms.combines.value}:{','.join(map(str, courses))}"

    @property
    def asks(self) -> Audience | int | None:
        """Whom it asks, as one value: rules of the same value ask the same people."""
        return self.job_role_id if self.audience is None else self.audience

    def earned(self, completed: Iterable[date]) -> list[Period]:
        """The validity each completion earns under this rule, oldest first."""
        return periods(completed, months=self.valid_months, window_days=self.window_days, clock=self.clock)

    def first_due(self, since: date, joined_on: date | None) -> date:
        """By when somebody asked since a day must have done it for the first time; `joined_on` is the first day of their employment."""
        terms = self.terms
        if terms.due_from is DueFrom.AUDIENCE:
            due = since + timedelta(days=self.due_days)
        elif terms.due_from is DueFrom.FIXED_DAY and terms.fixed_due_on is not None:
            due = terms.fixed_due_on
        else:
            basis = self.since if terms.due_from is DueFrom.RULE else joined_on or since
            due = basis + timedelta(days=self.due_days)
        if terms.minimum_notice_days is None:
            return due
        return max(due, max(since, self.noticed_from or since) + timedelta(days=terms.minimum_notice_days))

    def opens_on(self, since: date, due_on: date) -> date:
        """From when it can be done for the first time."""
        return since if self.terms.opens_days is None else max(since, due_on - timedelta(days=self.terms.opens_days))

    def clocks(self, available_on: date, due_on: date, expires_on: date | None = None) -> Clocks:
        """The five days of a cycle."""
        grace = self.last_day_of_grace(due_on)
        access = None if self.terms.access_days is None else grace + timedelta(days=self.terms.access_days)
        return Clocks(available_on, due_on, grace, access, expires_on)

    def last_day_of_grace(self, due_on: date) -> date:
        """The last day on which what was due is not yet held against anybody."""
        return due_on + timedelta(days=self.clock.grace_days)
