"""A rule as somebody has typed it, before it is written: checked, compared with the others, and turned into what standings follow from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.clock import today
from core.errors import Invalid
from core.people.models import JobRole
from core.web.i18n import _
from training.catalogue.models import Course
from training.compliance.audience import Condition, Match, Trait
from training.compliance.expiry import BY_COMPLETION, Recurrence, RuleClock
from training.compliance.rule import RuleFact
from training.compliance.terms import PLAIN, Combination, DueFrom, RuleTerms
from training.requirements.lines import audiences_of
from training.requirements.retaking import retakes_of, versions_of
from training.requirements.wording import NamedCondition


@dataclass(frozen=True)
class RuleDraft:
    """What a new rule is to ask."""

    course: Course
    job_role: JobRole | None
    due_days: int
    valid_months: int | None
    effective_from: date
    source: str = ""
    window_days: int = 30
    clock: RuleClock = BY_COMPLETION
    conditions: Sequence[Condition] = ()
    terms: RuleTerms = PLAIN
    also: Sequence[Course] = ()
    title: str = ""
    regulation: str = ""
    clause: str = ""
    stricter_counts: bool = False

    @property
    def asked(self) -> list[Condition]:
        """The job role and the conditions as conditions alone, each once; none for a job role by itself or everybody."""
        found = list(dict.fromkeys(self.conditions))
        if self.job_role is not None and found:
            found = list(dict.fromkeys([Condition(Match.ALL, Trait.JOB_ROLE, self.job_role.id), *found]))
        return found

    @property
    def job_role_id(self) -> int | None:
        """The job role asked, where that is all that is asked."""
        return None if self.job_role is None or self.conditions else self.job_role.id

    def source_words(self) -> str:
        """Regulation and clause as one text."""
        return self.source or ", ".join(part for part in (self.regulation, self.clause) if part)

    def insist(self) -> None:
        """Raise Invalid, naming the field, for what cannot be meant."""
        insist_on_terms(self.valid_months, self.clock, self.terms, effective_from=self.effective_from)
        if self.terms.combines is Combination.COURSE:
            if self.also:
                raise Invalid(_("Say whether one of the courses is enough, or all in order."), field="combines")
            return
        if not self.title.strip():
            raise Invalid(_("Give several courses a name, as people will read it."), field="title")
        keys = [self.course.id, *(course.id for course in self.also)]
        if len(keys) < 2 or len(set(keys)) != len(keys):
            raise Invalid(_("Choose at least two courses, each once."), field="course")

    def fact(self) -> RuleFact:
        """What standings follow from, as if it were written today."""
        named = [NamedCondition(one.joins, one.trait, one.value, "") for one in self.asked]
        keys = (self.course.id, *(course.id for course in self.also))
        return RuleFact(
            id=0,
            public_id=UUID(int=0),
            lineage=UUID(int=0),
            number=0,
            revision=1,
            course_id=self.course.id,
            job_role_id=self.job_role_id,
            due_days=self.due_days,
            valid_months=self.valid_months,
            window_days=self.window_days,
            since=self.effective_from,
            until=None,
            clock=self.clock,
            audience=audiences_of({0: named}).get(0) if named else None,
            terms=self.terms,
            also=keys[1:],
            retakes=retakes_of(keys, self.terms, versions_of(keys)),
            noticed_from=max(self.effective_from, today("UTC")),
        )


def insist_on_terms(valid_months: int | None, clock: RuleClock, terms: RuleTerms, *, effective_from: date) -> None:
    """Raise Invalid, naming the field, for days that contradict each other."""
    if clock.recurrence is not Recurrence.COMPLETION and valid_months is None:
        raise Invalid(_("Say after how many months it is asked again."), field="valid_months")
    if (clock.recurrence is Recurrence.CALENDAR) != (clock.calendar_from is not None):
        raise Invalid(_("Give the first day of the first period if it recurs by calendar, and only then."), field="calendar_from")
    if (terms.due_from is DueFrom.FIXED_DAY) != (terms.fixed_due_on is not None):
        raise Invalid(_("Give the day it is due if that is a fixed one, and only then."), field="fixed_due_on")
    if terms.fixed_due_on is not None and terms.fixed_due_on < effective_from:
        raise Invalid(_("The day it is due lies before the rule begins."), field="fixed_due_on")
