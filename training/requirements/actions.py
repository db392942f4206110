"""Writing rules, and keeping assignments in agreement with all of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.models import EmploymentType, JobRole, Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.compliance.audience import Condition, Match, Trait
from training.compliance.expiry import BY_COMPLETION, Recurrence, RuleClock
from training.requirements import policy, queries
from training.requirements.deriving import rederive as rederive
from training.requirements.deriving import rederive_many as rederive_many
from training.requirements.models import Rule, RuleCondition


def write_rule(
    *,
    course: Course,
    job_role: JobRole | None,
    due_days: int,
    valid_months: int | None,
    source: str,
    effective_from: date,
    by: Person | None,
    window_days: int = 30,
    clock: RuleClock = BY_COMPLETION,
    conditions: Sequence[Condition] = (),
) -> Rule:
    """Ask a job role (None: everybody employed) for a course from a day on, of them only those who fit the conditions.

    Everybody's assignments follow in a job. Raises Invalid when another rule asks the same people for the same course at that time.
    """
    _insist_on_writer(by)
    _insist_on_months(valid_months, clock)
    conditions = joined(job_role, conditions)
    job_role = None if conditions else job_role
    same = queries.find_same_rule(
        course_id=course.id, job_role_id=None if job_role is None else job_role.id, conditions=conditions, since=effective_from
    )
    if same is not None:
        raise Invalid(
            _("Rule %(number)s asks the same people for this course. Change that one, or end it first.", number=same.number), field="course"
        )
    rule = Rule(
        number=queries.next_rule_number(),
        job_role_id=None if job_role is None else job_role.id,
        course_id=course.id,
        due_days=due_days,
        valid_months=valid_months,
        window_days=window_days,
        source=source,
        effective_from=effective_from,
        recorded_by_id=None if by is None else by.id,
        **vars(clock),
    )
    session.add(rule)
    session.flush()
    _write_conditions(rule, conditions)
    record("training.rule.written", rule, by=by, changes=_terms(rule))
    enqueue("training.rederive_everybody")
    return rule


def revise_rule(
    rule: Rule,
    *,
    due_days: int,
    valid_months: int | None,
    window_days: int,
    source: str,
    effective_from: date,
    reason: str,
    by: Person,
    clock: RuleClock | None = None,
) -> Rule:
    """Change what a rule asks from a day on: the revision before ends the day before, and its clock goes on unless given.

    Raises Invalid for a day not after its start."""
    _insist_on_writer(by)
    last = queries.lock_revisions(rule)[-1]
    clock = clock or RuleClock(last.grace_days, last.recurrence, last.calendar_from)
    _insist_on_months(valid_months, clock)
    _insist_on_a_later_change(last, effective_from, reason)
    last.effective_to, last.closed_at = effective_from - timedelta(days=1), now()
    following = Rule(
        lineage=last.lineage,
        revision=last.revision + 1,
        number=last.number,
        job_role_id=last.job_role_id,
        course_id=last.course_id,
        due_days=due_days,
        valid_months=valid_months,
        window_days=window_days,
        source=source,
        effective_from=effective_from,
        recorded_by_id=by.id,
        reason=reason.strip(),
        **vars(clock),
    )
    session.add(following)
    session.flush()
    _write_conditions(following, [Condition(one.joins, one.trait, one.value) for one in queries.named_conditions([last.id])[last.id]])
    record("training.rule.revised", following, by=by, changes=_terms(following), reason=reason.strip())
    enqueue("training.rederive_everybody")
    return following


def joined(job_role: JobRole | None, conditions: Sequence[Condition]) -> list[Condition]:
    """The job role and the conditions as conditions alone, each once; none for a job role by itself or everybody."""
    asked = list(dict.fromkeys(conditions))
    if job_role is not None and asked:
        asked = list(dict.fromkeys([Condition(Match.ALL, Trait.JOB_ROLE, job_role.id), *asked]))
    return asked


_COLUMNS = {
    Trait.JOB_ROLE: "job_role_id",
    Trait.DEPARTMENT: "department_id",
    Trait.BELOW: "department_id",
    Trait.LOCATION: "location_id",
    Trait.EMPLOYMENT_TYPE: "employment_type",
    Trait.TAG: "tag_id",
}


def _write_conditions(rule: Rule, conditions: Sequence[Condition]) -> None:
    for one in conditions:
        value = EmploymentType(str(one.value)) if one.trait is Trait.EMPLOYMENT_TYPE else one.value
        session.add(RuleCondition(rule_id=rule.id, joins=one.joins, with_below=one.trait is Trait.BELOW, **{_COLUMNS[one.trait]: value}))
    session.flush()


def _insist_on_a_later_change(last: Rule, effective_from: date, reason: str) -> None:
    if last.effective_to is not None:
        raise WrongState(_("This rule ends on %(day)s. Write a new one instead.", day=last.effective_to.isoformat()))
    if effective_from <= last.effective_from:
        raise Invalid(
            _("The change must begin after %(day)s, when the present terms began.", day=last.effective_from.isoformat()), field="effective_from"
        )
    if not reason.strip():
        raise Invalid(_("Say why the rule changes."), field="reason")


def _insist_on_months(valid_months: int | None, clock: RuleClock) -> None:
    if clock.recurrence is not Recurrence.COMPLETION and valid_months is None:
        raise Invalid(_("Say after how many months it is asked again."), field="valid_months")
    if (clock.recurrence is Recurrence.CALENDAR) != (clock.calendar_from is not None):
        raise Invalid(_("Give the first day of the first period if it recurs by calendar, and only then."), field="calendar_from")


def end_rule(rule: Rule, *, last_day: date, reason: str, by: Person) -> None:
    """Let a rule end after a day. What was completed under it stays. Raises Invalid for a day before its start or without a reason."""
    _insist_on_writer(by)
    last = queries.lock_revisions(rule)[-1]
    if last.effective_to is not None:
        raise WrongState(_("This rule has an end already."))
    if last_day < last.effective_from:
        raise Invalid(_("The last day is before the rule begins."), field="last_day")
    if not reason.strip():
        raise Invalid(_("Say why the rule ends."), field="reason")
    last.effective_to, last.closed_at = last_day, now()
    record("training.rule.ended", last, by=by, changes={"number": last.number, "to": last_day.isoformat()}, reason=reason.strip())
    enqueue("training.rederive_everybody")


def _terms(rule: Rule) -> dict[str, object]:
    return {
        "number": rule.number,
        "revision": rule.revision,
        "course": rule.course_id,
        "job_role": rule.job_role_id,
        "due_days": rule.due_days,
        "valid_months": rule.valid_months,
        "window_days": rule.window_days,
        "grace_days": rule.grace_days,
        "recurrence": rule.recurrence.value,
        "calendar_from": None if rule.calendar_from is None else rule.calendar_from.isoformat(),
        "from": rule.effective_from.isoformat(),
    }


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not policy.can_write_rules(by):
        raise NotAllowed(_("Only compliance writes rules."))
