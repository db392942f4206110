"""Writing rules, exempting people, noting completions, and keeping assignments in agreement with all of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.models import JobRole, Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.compliance.expiry import BY_COMPLETION, Recurrence, RuleClock
from training.compliance.standing import RuleFact
from training.requirements import policy, queries
from training.requirements.derivation import Asked, asked
from training.requirements.models import (
    Assignment,
    Exemption,
    Rule,
)
from training.standings.actions import keep_standings


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
) -> Rule:
    """Ask a job role (None: everybody employed) for a course from a day on. Everybody's assignments follow in a job.

    Raises Invalid when another rule asks the same people for the same course at that time.
    """
    _insist_on_writer(by)
    _insist_on_months(valid_months, clock)
    same = queries.find_same_rule(course_id=course.id, job_role_id=None if job_role is None else job_role.id, since=effective_from)
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
    record("training.rule.revised", following, by=by, changes=_terms(following), reason=reason.strip())
    enqueue("training.rederive_everybody")
    return following


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


def exempt(person: Person, course: Course, *, valid_from: date, valid_to: date | None, reason: str, by: Person) -> Exemption:
    """Let a person go without a course for a while. Raises NotAllowed for oneself, Invalid without a reason."""
    if not policy.can_exempt(by, person):
        raise NotAllowed(_("Only compliance exempts people, and nobody exempts themselves."))
    if not reason.strip():
        raise Invalid(_("Say why this person is exempt."), field="reason")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")
    exemption = Exemption(
        person_id=person.id, course_id=course.id, valid_from=valid_from, valid_to=valid_to, reason=reason.strip(), approved_by_id=by.id
    )
    session.add(exemption)
    session.flush()
    changes = {"course": course.id, "from": valid_from.isoformat(), "to": None if valid_to is None else valid_to.isoformat()}
    record("training.exemption.granted", exemption, by=by, person=person, changes=changes, reason=reason.strip())
    keep_standings(person)
    return exemption


def revoke_exemption(exemption: Exemption, *, reason: str, by: Person) -> None:
    """Take an exemption back, from now on. Raises WrongState when it was taken back already."""
    if not policy.can_exempt(by, exemption.person):
        raise NotAllowed(_("Only compliance exempts people, and nobody exempts themselves."))
    if exemption.revoked_at is not None:
        raise WrongState(_("This exemption was taken back already."))
    exemption.revoked_at = now()
    record("training.exemption.revoked", exemption, by=by, person=exemption.person, changes={"course": exemption.course_id}, reason=reason.strip())
    keep_standings(exemption.person)


def rederive(person: Person) -> None:
    """Make the person's assignments agree with rules, employment and completions. Doing it twice changes nothing."""
    rederive_many([person.id])
    keep_standings(person)


def rederive_many(people: Sequence[int]) -> None:
    """The same for several people, by their inner keys, in five statements and what has changed."""
    lines = queries.rule_lines(on=today(), with_future=True)
    facts = queries.facts_of(people)
    kept: dict[tuple[int, UUID], list[Assignment]] = defaultdict(list)
    for assignment in queries.assignments_of(people):
        kept[assignment.person_id, assignment.lineage].append(assignment)
    for person in queries.people_by_key(people):
        known = facts.get(person.id)
        for line in lines:
            wanted = [] if known is None else asked(line.fact, known.stretches, completed=known.completed.get(line.fact.course_id, ()))
            _settle(person, line.fact, kept.get((person.id, line.fact.lineage), []), wanted)
    session.flush()


def _settle(person: Person, rule: RuleFact, kept: Sequence[Assignment], wanted: Sequence[Asked]) -> None:
    by_cycle = {assignment.cycle: assignment for assignment in kept}
    for cycle in wanted:
        existing = by_cycle.pop(cycle.cycle, None)
        if existing is None:
            _assign(person, rule, cycle)
        elif (existing.available_on, existing.due_on, existing.ended_on) != (cycle.available_on, cycle.due_on, cycle.ended_on):
            existing.available_on, existing.due_on, existing.ended_on = cycle.available_on, cycle.due_on, cycle.ended_on
            existing.rule_id = rule.id
            record("training.assignment.changed", existing, by=None, person=person, changes=_days(rule, cycle))
    for dropped in by_cycle.values():
        record("training.assignment.dropped", dropped, by=None, person=person, changes={"rule": rule.number, "cycle": dropped.cycle})
        session.delete(dropped)


def _assign(person: Person, rule: RuleFact, cycle: Asked) -> None:
    assignment = Assignment(
        person_id=person.id,
        rule_id=rule.id,
        lineage=rule.lineage,
        cycle=cycle.cycle,
        available_on=cycle.available_on,
        due_on=cycle.due_on,
        ended_on=cycle.ended_on,
    )
    session.add(assignment)
    record("training.assignment.made", assignment, by=None, person=person, changes=_days(rule, cycle))


def _days(rule: RuleFact, cycle: Asked) -> dict[str, object]:
    return {
        "rule": rule.number,
        "cycle": cycle.cycle,
        "available_on": cycle.available_on.isoformat(),
        "due_on": cycle.due_on.isoformat(),
        "ended_on": None if cycle.ended_on is None else cycle.ended_on.isoformat(),
    }
