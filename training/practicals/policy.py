"""Who may write standards, arrange assessments, assess, decide and read."""

from core.people.models import Person
from core.people.rights import Right
from training.practicals.models import AssessmentState, AssessorSheet, PerformanceStandard, PracticalAssessment, StandardState


def can_write(person: Person) -> bool:
    """Whether the person writes standards and arranges assessments."""
    return person.may(Right.WRITE_COURSES)


def reads_all(person: Person) -> bool:
    """Whether the person reads assessments of others."""
    return can_write(person) or person.may(Right.SEE_COMPLIANCE)


def can_approve(person: Person, standard: PerformanceStandard) -> bool:
    """Whether the person may approve a draft: never who wrote it."""
    return can_write(person) and standard.state is StandardState.DRAFT and standard.author_id != person.id


def can_edit(person: Person, standard: PerformanceStandard) -> bool:
    """Whether the person may still change the standard."""
    return can_write(person) and standard.state is StandardState.DRAFT


def own_sheet(person: Person, assessment: PracticalAssessment) -> AssessorSheet | None:
    """The person's sheet of the assessment, if they assess in it. Needs `sheets`."""
    return next((sheet for sheet in assessment.sheets if sheet.assessor_id == person.id), None)


def can_fill_in(person: Person, assessment: PracticalAssessment) -> bool:
    """Whether the person has a sheet to send."""
    sheet = own_sheet(person, assessment)
    return assessment.state is AssessmentState.OPEN and sheet is not None and sheet.sent_at is None


def can_decide(person: Person, assessment: PracticalAssessment) -> bool:
    """Whether the person may decide where assessors differ: neither one of them nor who is assessed."""
    apart = person.id != assessment.person_id and own_sheet(person, assessment) is None
    return can_write(person) and apart and assessment.state is AssessmentState.DIFFERING


def can_call_off(person: Person, assessment: PracticalAssessment) -> bool:
    """Whether the person may call the assessment off."""
    return can_write(person) and assessment.state is AssessmentState.OPEN and person.id != assessment.person_id


def sees_sheet(person: Person, assessment: PracticalAssessment, sheet: AssessorSheet) -> bool:
    """Whether the person may read a sheet now: one's own always, those of others once nobody is still to send theirs."""
    return sheet.assessor_id == person.id or assessment.state is not AssessmentState.OPEN
