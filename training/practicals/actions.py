"""Writing performance standards, arranging assessments, assessing, and what follows from the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.catalogue.queries import find_version_in_force
from training.completions.actions import complete
from training.practicals import policy, queries
from training.practicals.judging import Wanted, meets, read_criteria
from training.practicals.models import (
    STANDARD_WORKFLOW,
    WORKFLOW,
    AssessmentState,
    AssessorSheet,
    CriterionSeen,
    PerformanceStandard,
    PracticalAssessment,
    StandardCriterion,
    StandardState,
)
from training.requirements.models import CompletionSource


@dataclass(frozen=True)
class StandardFields:
    """What a standard says. `criteria` are lines, critical where they begin with an exclamation mark."""

    task: str
    criteria: str
    assessors_needed: int = 1
    share_needed: int = 100


def write_standard(course: Course, fields: StandardFields, *, by: Person) -> PerformanceStandard:
    """Begin the next revision of a course's standard. Raises WrongState while one is being written."""
    _insist_on_writer(by)
    latest = queries.latest_standard(course.id)
    if latest is not None and latest.state is StandardState.DRAFT:
        raise WrongState(_("The next revision is being written already. Go on with that one."))
    standard = PerformanceStandard(
        course_id=course.id, revision=1 if latest is None else latest.revision + 1, author_id=by.id, task=fields.task, criteria=[]
    )
    session.add(standard)
    _set_fields(standard, fields)
    session.flush()
    record("training.standard.written", standard, by=by, changes={"course": course.id, "revision": standard.revision})
    return standard


def change_standard(standard: PerformanceStandard, fields: StandardFields, *, by: Person) -> None:
    """Change a draft; whoever changes it becomes its author. Raises WrongState once it is approved."""
    _insist_on_writer(by)
    if standard.state is not StandardState.DRAFT:
        raise WrongState(_("An approved standard never changes. Write the next revision."))
    standard.author_id = by.id
    _set_fields(standard, fields)
    session.flush()
    record("training.standard.changed", standard, by=by, changes={"revision": standard.revision})


def _set_fields(standard: PerformanceStandard, fields: StandardFields) -> None:
    criteria = read_criteria(fields.criteria)
    if not criteria:
        raise Invalid(_("Write at least one criterion that can be seen."), field="criteria")
    standard.task, standard.assessors_needed, standard.share_needed = fields.task, fields.assessors_needed, fields.share_needed
    standard.criteria = [StandardCriterion(position=place, text=words, is_critical=critical) for place, (words, critical) in enumerate(criteria)]


def _insist_on_writer(by: Person) -> None:
    if not policy.can_write(by):
        raise NotAllowed(_("Only trainers and compliance do this."))


def approve_standard(standard: PerformanceStandard, *, by: Person) -> None:
    """Approve a draft as a second person; the revision before it no longer holds. Raises NotAllowed for its author."""
    STANDARD_WORKFLOW.insist(standard.state, StandardState.APPROVED)
    if not policy.can_approve(by, standard):
        raise NotAllowed(_("A standard is approved by somebody who did not write it."))
    before = queries.find_holding(standard.course_id)
    if before is not None:
        STANDARD_WORKFLOW.insist(before.state, StandardState.SUPERSEDED)
        before.state = StandardState.SUPERSEDED
        session.flush()
    standard.state, standard.approved_by_id, standard.approved_at = StandardState.APPROVED, by.id, now()
    session.flush()
    record("training.standard.approved", standard, by=by, changes={"course": standard.course_id, "revision": standard.revision})


def arrange(standard: PerformanceStandard, person: Person, assessors: Sequence[Person], *, held_on: date, by: Person) -> PracticalAssessment:
    """Arrange that somebody is assessed. Raises Invalid when the assessors do not fit, WrongState unless the standard holds."""
    _insist_on_writer(by)
    if standard.state is not StandardState.APPROVED:
        raise WrongState(_("Only an approved standard is assessed against."))
    if len({one.id for one in assessors}) != standard.assessors_needed or len(assessors) != standard.assessors_needed:
        raise Invalid(_("This standard asks for %(number)s assessors, each another person.", number=standard.assessors_needed), field="second")
    if person.id in {one.id for one in assessors}:
        raise Invalid(_("Nobody assesses themselves."), field="first")
    made = PracticalAssessment(standard_id=standard.id, person_id=person.id, held_on=held_on, arranged_by_id=by.id)
    session.add(made)
    session.flush()
    session.add_all([AssessorSheet(assessment_id=made.id, assessor_id=one.id) for one in assessors])
    session.flush()
    changes = {"standard": standard.id, "held_on": held_on.isoformat(), "assessors": sorted(one.id for one in assessors)}
    record("training.assessment.arranged", made, by=by, person=person, changes=changes)
    return made


def send_sheet(
    assessment: PracticalAssessment, met: Mapping[int, bool], notes: Mapping[int, str], *, comment: str, by: Person
) -> PracticalAssessment:
    """Send what an assessor saw, criterion by criterion (inner keys). The last sheet decides, unless the assessors differ.

    Raises NotAllowed for anybody else, WrongState once it is sent or called off, Invalid before the day or while a criterion is missing.
    """
    hold(assessment)
    assessment = queries.get_assessment(assessment.public_id, viewer=by)
    sheet = policy.own_sheet(by, assessment)
    if sheet is None:
        raise NotAllowed(_("Only the assessors say what they saw."))
    hold(sheet)
    if not policy.can_fill_in(by, assessment):
        raise WrongState(_("This sheet has been sent, or the assessment is over. Nothing in it changes any more."))
    if assessment.held_on > today(by.time_zone):
        raise Invalid(_("The day of the assessment is still to come."))
    if any(one.id not in met for one in assessment.standard.criteria):
        raise Invalid(_("Say for every criterion whether you saw it met."))
    for one in assessment.standard.criteria:
        session.add(CriterionSeen(sheet_id=sheet.id, criterion_id=one.id, met=met[one.id], note=notes.get(one.id, "").strip()))
    sheet.sent_at, sheet.comment = now(), comment.strip()
    session.flush()
    record("training.sheet.sent", sheet, by=by, person=assessment.person, changes={"passes": passes(assessment, met)})
    for each in assessment.sheets:
        session.expire(each)  # the other sheet may have been sent while this one waited for its turn
    assessment = queries.get_assessment(assessment.public_id, viewer=by)
    if all(one.sent_at is not None for one in assessment.sheets):
        _conclude(assessment)
    return assessment


def passes(assessment: PracticalAssessment, met: Mapping[int, bool]) -> bool:
    """Whether what was seen meets the standard."""
    criteria = [Wanted(one.id, one.is_critical) for one in assessment.standard.criteria]
    return meets(criteria, met, share_needed=assessment.standard.share_needed)


def _conclude(assessment: PracticalAssessment) -> None:
    outcomes = {passes(assessment, {seen.criterion_id: seen.met for seen in sheet.observations}) for sheet in assessment.sheets}
    if len(outcomes) > 1:
        WORKFLOW.insist(assessment.state, AssessmentState.DIFFERING)
        assessment.state = AssessmentState.DIFFERING
        session.flush()
        record("training.assessment.differing", assessment, by=None, person=assessment.person)
        return
    _decide(assessment, passed=outcomes.pop(), reason="", by=None)


def _decide(assessment: PracticalAssessment, *, passed: bool, reason: str, by: Person | None) -> None:
    WORKFLOW.insist(assessment.state, AssessmentState.DECIDED)
    assessment.state, assessment.passed, assessment.reason = AssessmentState.DECIDED, passed, reason
    assessment.decided_by_id, assessment.decided_at = None if by is None else by.id, now()
    session.flush()
    record("training.assessment.decided", assessment, by=by, person=assessment.person, changes={"passed": passed}, reason=reason)
    if passed:
        version = find_version_in_force(assessment.standard.course, on=assessment.held_on)
        if version is None:
            raise Conflict(_("The course had no version in force on that day. Put one into force first."))
        completion = complete(assessment.person, version, completed_on=assessment.held_on, by=by, source=CompletionSource.PRACTICAL)
        assessment.completion_id = completion.id


def decide_differing(assessment: PracticalAssessment, *, passed: bool, reason: str, by: Person) -> None:
    """Decide as a third person where two assessors differ, with a reason."""
    hold(assessment)
    WORKFLOW.insist(assessment.state, AssessmentState.DECIDED)
    if not policy.can_decide(by, assessment):
        raise NotAllowed(_("Where assessors differ, a third person decides who is neither of them nor the person assessed."))
    if not reason.strip():
        raise Invalid(_("Say why it is decided so."), field="reason")
    _decide(assessment, passed=passed, reason=reason.strip(), by=by)


def call_off(assessment: PracticalAssessment, *, reason: str, by: Person) -> None:
    """Call an assessment off before it is decided. Raises Invalid without a reason."""
    hold(assessment)
    WORKFLOW.insist(assessment.state, AssessmentState.CALLED_OFF)
    if not policy.can_call_off(by, assessment):
        raise NotAllowed(_("Only trainers and compliance do this."))
    if not reason.strip():
        raise Invalid(_("Say why it is called off."), field="reason")
    assessment.state, assessment.reason = AssessmentState.CALLED_OFF, reason.strip()
    record("training.assessment.called_off", assessment, by=by, person=assessment.person, reason=reason.strip())
