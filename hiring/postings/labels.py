"""Words for what postings are made of."""

from typing import Any

from core.people.models import EmploymentType
from core.web.i18n import _l
from hiring.postings.models import CriterionKind, MemberPart, PostingState, QuestionKind, SalaryPeriod, StageKind, Turn, Workplace

STATES: dict[PostingState, Any] = {
    PostingState.DRAFT: _l("Draft"),
    PostingState.IN_APPROVAL: _l("Waiting for approval"),
    PostingState.APPROVED: _l("Approved"),
    PostingState.OPEN: _l("Open"),
    PostingState.PAUSED: _l("Paused"),
    PostingState.FILLED: _l("Filled"),
    PostingState.CLOSED: _l("Closed"),
    PostingState.ARCHIVED: _l("Archived"),
}
STATE_TONES: dict[PostingState, str] = {
    PostingState.DRAFT: "neutral",
    PostingState.IN_APPROVAL: "warning",
    PostingState.APPROVED: "info",
    PostingState.OPEN: "success",
    PostingState.PAUSED: "warning",
    PostingState.FILLED: "info",
    PostingState.CLOSED: "neutral",
    PostingState.ARCHIVED: "neutral",
}
WORKPLACES: dict[Workplace, Any] = {
    Workplace.ON_SITE: _l("On site"),
    Workplace.HYBRID: _l("Hybrid"),
    Workplace.REMOTE: _l("Remote"),
}
EMPLOYMENT_TYPES: dict[EmploymentType, Any] = {
    EmploymentType.FULL_TIME: _l("Full time"),
    EmploymentType.PART_TIME: _l("Part time"),
    EmploymentType.CONTRACTOR: _l("Contractor"),
    EmploymentType.TEMPORARY: _l("Temporary"),
    EmploymentType.INTERN: _l("Internship"),
}
SALARY_PERIODS: dict[SalaryPeriod, Any] = {
    SalaryPeriod.MONTH: _l("a month"),
    SalaryPeriod.YEAR: _l("a year"),
    SalaryPeriod.HOUR: _l("an hour"),
}
CRITERION_KINDS: dict[CriterionKind, Any] = {
    CriterionKind.EXPERIENCE: _l("Experience"),
    CriterionKind.EDUCATION: _l("Education"),
    CriterionKind.CERTIFICATION: _l("Certification"),
    CriterionKind.SKILL: _l("Skill"),
    CriterionKind.SOFT_SKILL: _l("Soft skill"),
    CriterionKind.MISSION: _l("Interest in our mission"),
}
QUESTION_KINDS: dict[QuestionKind, Any] = {
    QuestionKind.SHORT: _l("One line"),
    QuestionKind.LONG: _l("Several lines"),
    QuestionKind.YES_NO: _l("Yes or no"),
    QuestionKind.ONE_OF: _l("One of several"),
    QuestionKind.MANY_OF: _l("Any of several"),
    QuestionKind.NUMBER: _l("Number"),
    QuestionKind.DATE: _l("Day"),
    QuestionKind.FILE: _l("File"),
}
STAGE_KINDS: dict[StageKind, Any] = {
    StageKind.NEW: _l("New"),
    StageKind.SCREENING: _l("Screening"),
    StageKind.INTERVIEW: _l("Interview"),
    StageKind.OFFER: _l("Offer"),
    StageKind.HIRED: _l("Hired"),
}
TURNS: dict[Turn, Any] = {
    Turn.RECRUITER: _l("Recruiter"),
    Turn.HIRING_MANAGER: _l("Hiring manager"),
    Turn.INTERVIEWERS: _l("Interviewers"),
    Turn.CANDIDATE: _l("Candidate"),
}
MEMBER_PARTS: dict[MemberPart, Any] = {
    MemberPart.RECRUITER: _l("Recruiter"),
    MemberPart.HIRING_MANAGER: _l("Hiring manager"),
    MemberPart.INTERVIEWER: _l("Interviewer"),
}
