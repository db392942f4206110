"""Noting that somebody completed a course, and taking it back."""

from datetime import date, datetime

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import CourseVersion
from training.compliance.standing import spells
from training.compliance.terms import Combination
from training.requirements.actions import rederive
from training.requirements.models import Completion, CompletionSource
from training.requirements.queries import facts_of, rule_lines

CERTIFIED = (CompletionSource.EXAM, CompletionSource.PRACTICAL, CompletionSource.ATTENDANCE)  # for the others somebody else has given a paper


def complete(
    person: Person,
    version: CourseVersion,
    *,
    completed_on: date,
    by: Person | None,
    attempt_id: int | None = None,
    source: CompletionSource = CompletionSource.EXAM,
    recorded_at: datetime | None = None,
) -> Completion:
    """Note that a person completed a version on a day, valid as long as the strictest rule that asks it of them says.

    The certificate follows in a job where it was earned here. `recorded_at` is for facts brought in from elsewhere, later than they happened.
    """
    completion = Completion(
        person_id=person.id,
        course_id=version.course_id,
        version_id=version.id,
        completed_on=completed_on,
        valid_until=_valid_until(person, version.course_id, completed_on),
        source=source,
        attempt_id=attempt_id,
        recorded_at=recorded_at or now(),
        recorded_by_id=None if by is None else by.id,
    )
    session.add(completion)
    session.flush()
    changes = {
        "course": version.course_id,
        "version": version.number,
        "completed_on": completed_on.isoformat(),
        "valid_until": None if completion.valid_until is None else completion.valid_until.isoformat(),
        "source": source.value,
    }
    record("training.completion.noted", completion, by=by, person=person, changes=changes)
    rederive(person)
    if source in CERTIFIED:
        enqueue("training.issue_certificate", arguments={"completion": completion.id}, key=f"training.certificate:{completion.id}")
    return completion


def _valid_until(person: Person, course_id: int, completed_on: date) -> date | None:
    facts = facts_of([person.id]).get(person.id)
    if facts is None:
        return None
    ends = []
    for line in rule_lines(on=completed_on):
        fact = line.fact
        if (
            course_id not in fact.courses
            or fact.terms.combines is Combination.IN_ORDER
            or not any(
                spell.since <= completed_on and (spell.until is None or completed_on <= spell.until) for spell in spells(fact, facts.stretches)
            )
        ):
            continue
        earlier = [day for day in facts.completed[course_id] if day <= completed_on]
        until = fact.earned([*earlier, completed_on])[-1].until
        if until is not None:
            ends.append(until)
    return min(ends, default=None)


def withdraw_completion(completion: Completion, *, reason: str, by: Person | None) -> None:
    """Let a completion no longer count, from now on; the row stays. Raises WrongState when it was withdrawn already."""
    if completion.superseded_at is not None:
        raise WrongState(_("This completion no longer counts already."))
    completion.superseded_at = now()
    session.flush()
    record("training.completion.withdrawn", completion, by=by, person=completion.person, changes={"course": completion.course_id}, reason=reason)
    rederive(completion.person)
