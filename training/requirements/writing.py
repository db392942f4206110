"""Writing rules, changing them from a day on, and letting them end."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import EmploymentType, JobRole, Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.compliance.audience import Condition, Trait
from training.compliance.contradictions import Clash, clash
from training.compliance.expiry import BY_COMPLETION, RuleClock
from training.compliance.terms import PLAIN, RuleTerms
from training.requirements import policy, queries
from training.requirements.drafts import RuleDraft, insist_on_terms
from training.requirements.lines import RuleLine
from training.requirements.models import Rule, RuleCondition, RuleCourse
from training.requirements.rounds import begin_round

_COLUMNS = {
    Trait.JOB_ROLE: "job_role_id",
    Trait.DEPARTMENT: "department_id",
    Trait.BELOW: "department_id",
    Trait.LOCATION: "location_id",
    Trait.EMPLOYMENT_TYPE: "employment_type",
    Trait.TAG: "tag_id",
}
_KEPT = ("job_role_id", "course_id", "title", "regulation", "clause", "stricter_counts", "lineage", "number")


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
    terms: RuleTerms = PLAIN,
) -> Rule:
    """Ask a job role (None: everybody employed) for a course from a day on, of them only those who fit the conditions."""
    draft = RuleDraft(course, job_role, due_days, valid_months, effective_from, source, window_days, clock, conditions, terms)
    return write_draft(draft, by=by)


def write_draft(draft: RuleDraft, *, by: Person | None) -> Rule:
    """Write a rule. Everybody's assignments follow in a job.

    Raises Invalid when another rule asks the same people for the same at that time, or asks some of them with another validity and
    nobody has decided that the stricter counts.
    """
    _insist_on_writer(by)
    draft.insist()
    insist_on_no_contradiction(draft)
    rule = Rule(
        number=queries.next_rule_number(),
        job_role_id=draft.job_role_id,
        course_id=draft.course.id,
        due_days=draft.due_days,
        valid_months=draft.valid_months,
        window_days=draft.window_days,
        title=draft.title.strip(),
        source=draft.source_words(),
        regulation=draft.regulation or draft.source,
        clause=draft.clause,
        stricter_counts=draft.stricter_counts,
        effective_from=draft.effective_from,
        recorded_by_id=None if by is None else by.id,
        **vars(draft.clock),
        **vars(draft.terms),
    )
    session.add(rule)
    session.flush()
    _write_rows(rule, draft.asked, [course.id for course in draft.also])
    record("training.rule.written", rule, by=by, changes=_told(rule))
    begin_round(rule, chain=draft.fact().chain, by=by)
    return rule


def insist_on_no_contradiction(draft: RuleDraft) -> None:
    """Raise Invalid, naming the rule and what it says, where a draft cannot stand beside those that are written."""
    fact = draft.fact()
    for line in queries.rule_lines(on=draft.effective_from, with_future=True):
        found = clash(fact, line.fact)
        if found is Clash.SAME_PEOPLE:
            sentence = _("Rule %(number)s asks the same people for this course. Change that one, or end it first.", number=line.fact.number)
            raise Invalid(sentence, field="course")
        if found is Clash.OTHER_VALIDITY and not draft.stricter_counts:
            raise Invalid(_contradiction(draft, line), field="stricter_counts")


def _contradiction(draft: RuleDraft, line: RuleLine) -> str:
    who = line.role or _("everybody")
    says = {"number": line.fact.number, "who": who, "course": line.course_title}
    theirs, ours = _validity(line.fact.valid_months), _validity(draft.valid_months)
    return str(
        _(
            "Rule %(number)s asks %(who)s for %(course)s with another validity: %(theirs)s there, %(ours)s here. Some people are asked by both."
            " Make them agree, narrow down who is asked, or decide that the stricter counts for those people.",
            **says,
            theirs=theirs,
            ours=ours,
        )
    )


def _validity(months: int | None) -> str:
    return str(_("once for good")) if months is None else str(_("%(count)s months", count=months))


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
    terms: RuleTerms | None = None,
    clause: str | None = None,
) -> Rule:
    """Change what a rule asks from a day on: the revision before ends the day before; its clock and terms go on unless given.

    Whom it asks and for what stays. Raises Invalid for a day not after its start."""
    _insist_on_writer(by)
    last = queries.lock_revisions(rule)[-1]
    clock = clock or RuleClock(last.grace_days, last.recurrence, last.calendar_from)
    terms = terms or queries.terms_of(last)
    insist_on_terms(valid_months, clock, terms, effective_from=last.effective_from)
    _insist_on_a_later_change(last, effective_from, reason)
    last.effective_to, last.closed_at = effective_from - timedelta(days=1), now()
    kept: dict[str, Any] = {name: getattr(last, name) for name in _KEPT}
    if clause is not None:
        kept |= {"regulation": source, "clause": clause}
        source = ", ".join(part for part in (source, clause) if part)
    following = Rule(
        revision=last.revision + 1,
        due_days=due_days,
        valid_months=valid_months,
        window_days=window_days,
        source=source,
        effective_from=effective_from,
        recorded_by_id=by.id,
        reason=reason.strip(),
        **kept,
        **vars(clock),
        **vars(terms),
    )
    session.add(following)
    session.flush()
    asked = [Condition(one.joins, one.trait, one.value) for one in queries.named_conditions([last.id])[last.id]]
    _write_rows(following, asked, queries.further_courses(last))
    record("training.rule.revised", following, by=by, changes=_told(following), reason=reason.strip())
    begin_round(following, chain=None, by=by)
    return following


def _write_rows(rule: Rule, conditions: Sequence[Condition], courses: Sequence[int]) -> None:
    for one in conditions:
        value = EmploymentType(str(one.value)) if one.trait is Trait.EMPLOYMENT_TYPE else one.value
        session.add(RuleCondition(rule_id=rule.id, joins=one.joins, with_below=one.trait is Trait.BELOW, **{_COLUMNS[one.trait]: value}))
    session.add_all(RuleCourse(rule_id=rule.id, course_id=course, position=position) for position, course in enumerate(courses, start=2))
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
    begin_round(last, chain=None, by=by)


def _told(rule: Rule) -> dict[str, object]:
    days = {"calendar_from": rule.calendar_from, "fixed_due_on": rule.fixed_due_on, "from": rule.effective_from}
    words = {"recurrence": rule.recurrence, "combines": rule.combines, "due_from": rule.due_from, "version_policy": rule.version_policy}
    numbers = ("number", "revision", "due_days", "valid_months", "window_days", "grace_days", "minimum_notice_days", "opens_days", "access_days")
    return {
        "course": rule.course_id,
        "job_role": rule.job_role_id,
        **{name: getattr(rule, name) for name in (*numbers, "look_back_days", "version_days")},
        **{name: value.value for name, value in words.items()},
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
    }


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not policy.can_write_rules(by):
        raise NotAllowed(_("Only compliance writes rules."))
