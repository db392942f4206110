"""The names people read for roles and kinds of employment."""

from core.people.models import EmploymentType
from core.people.rights import Right, Role
from core.web.i18n import _l

ROLE_LABELS = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.RECRUITER: _l("Recruiter"),
    Role.MANAGER: _l("Manager"),
    Role.INTERVIEWER: _l("Interviewer"),
    Role.EXECUTIVE: _l("Executive"),
    Role.HR: _l("Human resources"),
    Role.NEW_HIRE: _l("New hire"),
    Role.BUDDY: _l("Buddy"),
    Role.MENTOR: _l("Mentor"),
    Role.TRAINER: _l("Trainer"),
    Role.COMPLIANCE: _l("Compliance officer"),
    Role.AUDITOR: _l("Auditor"),
}

EMPLOYMENT_TYPE_LABELS = {
    EmploymentType.FULL_TIME: _l("Full time"),
    EmploymentType.PART_TIME: _l("Part time"),
    EmploymentType.CONTRACTOR: _l("Contractor"),
    EmploymentType.TEMPORARY: _l("Temporary"),
    EmploymentType.INTERN: _l("Intern"),
}

RIGHT_LABELS = {
    Right.WORK: _l("Work: own tasks and training"),
    Right.DO_OWN_TASKS: _l("Do the tasks of one's own onboarding"),
    Right.CHANGE_EMPLOYMENT: _l("Change where people belong, and from when"),
    Right.ADMINISTER: _l("Administer accounts and the installation"),
    Right.SEE_AUDIT: _l("Read the audit trail"),
    Right.SEE_PEOPLE: _l("See colleagues"),
    Right.WRITE_POSTINGS: _l("Write postings"),
    Right.WRITE_REQUISITIONS: _l("Ask for people to be hired"),
    Right.APPROVE_POSTINGS: _l("Approve postings"),
    Right.SEE_FAIRNESS: _l("See counts of the survey, by group"),
    Right.WRITE_APPROVAL_CHAINS: _l("Say who approves what"),
    Right.SEE_EVERY_POSTING: _l("See every posting"),
    Right.SEE_APPLICATIONS: _l("See applications"),
    Right.DECIDE_APPLICATIONS: _l("Decide on applications"),
    Right.OVERRIDE_STAGES: _l("Move candidates on before a stage has what it asks for"),
    Right.SCHEDULE_INTERVIEWS: _l("Schedule interviews"),
    Right.INTERVIEW: _l("Interview"),
    Right.SEE_OFFERS: _l("See offers and pay"),
    Right.WRITE_OFFERS: _l("Write offers"),
    Right.APPROVE_OFFERS: _l("Approve offers"),
    Right.RUN_ONBOARDING: _l("Run onboarding"),
    Right.SEE_ONBOARDING: _l("See onboarding"),
    Right.FOLLOW_ONBOARDING: _l("Follow one's own onboarding"),
    Right.SCHEDULE_SHADOWING: _l("Schedule shadowing"),
    Right.WRITE_COURSES: _l("Write courses"),
    Right.WRITE_RULES: _l("Write training rules"),
    Right.SEE_COMPLIANCE: _l("See compliance"),
    Right.SEE_TEAM_COMPLIANCE: _l("See the compliance of one's own team"),
    Right.REVOKE_CERTIFICATES: _l("Revoke certificates"),
    Right.SEE_POSTINGS: _l("See postings"),
}
