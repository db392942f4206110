"""Rights, and the roles that carry them."""

from enum import StrEnum


class Right(StrEnum):
    """What a person may be allowed to do. Routes declare them, policies ask for them."""

    WORK = "work"
    DO_OWN_TASKS = "do_own_tasks"
    ADMINISTER = "administer"
    SEE_AUDIT = "see_audit"
    SEE_PEOPLE = "see_people"
    SEE_POSTINGS = "see_postings"
    WRITE_POSTINGS = "write_postings"
    WRITE_REQUISITIONS = "write_requisitions"
    APPROVE_POSTINGS = "approve_postings"
    SEE_EVERY_POSTING = "see_every_posting"
    SEE_APPLICATIONS = "see_applications"
    DECIDE_APPLICATIONS = "decide_applications"
    OVERRIDE_STAGES = "override_stages"
    SCHEDULE_INTERVIEWS = "schedule_interviews"
    INTERVIEW = "interview"
    SEE_FAIRNESS = "see_fairness"
    SEE_OFFERS = "see_offers"
    WRITE_APPROVAL_CHAINS = "write_approval_chains"
    WRITE_OFFERS = "write_offers"
    APPROVE_OFFERS = "approve_offers"
    CHANGE_EMPLOYMENT = "change_employment"
    RUN_ONBOARDING = "run_onboarding"
    SEE_ONBOARDING = "see_onboarding"
    FOLLOW_ONBOARDING = "follow_onboarding"
    SCHEDULE_SHADOWING = "schedule_shadowing"
    WRITE_COURSES = "write_courses"
    WRITE_RULES = "write_rules"
    SEE_COMPLIANCE = "see_compliance"
    SEE_TEAM_COMPLIANCE = "see_team_compliance"
    REVOKE_CERTIFICATES = "revoke_certificates"


class Role(StrEnum):
    """A named bundle of rights, granted to a person."""

    ADMINISTRATOR = "administrator"
    RECRUITER = "recruiter"
    MANAGER = "manager"
    INTERVIEWER = "interviewer"
    EXECUTIVE = "executive"
    HR = "hr"
    NEW_HIRE = "new_hire"
    BUDDY = "buddy"
    MENTOR = "mentor"
    TRAINER = "trainer"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"


R = Right
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({R.WORK, R.ADMINISTER, R.SEE_PEOPLE, R.WRITE_APPROVAL_CHAINS}),
    Role.RECRUITER: frozenset(
        {
            R.WORK,
            R.SEE_PEOPLE,
            R.SEE_POSTINGS,
            R.WRITE_POSTINGS,
            R.WRITE_REQUISITIONS,
            R.SEE_EVERY_POSTING,
            R.SEE_APPLICATIONS,
            R.DECIDE_APPLICATIONS,
            R.OVERRIDE_STAGES,
            R.SCHEDULE_INTERVIEWS,
            R.INTERVIEW,
            R.SEE_OFFERS,
            R.WRITE_OFFERS,
        }
    ),
    Role.MANAGER: frozenset(
        {
            R.WORK,
            R.SEE_PEOPLE,
            R.SEE_POSTINGS,
            R.APPROVE_POSTINGS,
            R.WRITE_REQUISITIONS,
            R.SEE_APPLICATIONS,
            R.DECIDE_APPLICATIONS,
            R.INTERVIEW,
            R.SEE_OFFERS,
            R.APPROVE_OFFERS,
            R.SEE_ONBOARDING,
            R.SCHEDULE_SHADOWING,
            R.SEE_TEAM_COMPLIANCE,
        }
    ),
    Role.INTERVIEWER: frozenset({R.WORK, R.INTERVIEW}),
    Role.EXECUTIVE: frozenset({R.WORK, R.INTERVIEW, R.SEE_OFFERS, R.APPROVE_OFFERS, R.SEE_POSTINGS, R.APPROVE_POSTINGS, R.WRITE_APPROVAL_CHAINS}),
    Role.HR: frozenset({R.WORK, R.SEE_PEOPLE, R.CHANGE_EMPLOYMENT, R.RUN_ONBOARDING, R.SEE_ONBOARDING, R.SCHEDULE_SHADOWING, R.SEE_FAIRNESS}),
    Role.NEW_HIRE: frozenset({R.WORK, R.FOLLOW_ONBOARDING}),
    Role.BUDDY: frozenset({R.WORK}),
    Role.MENTOR: frozenset({R.WORK}),
    Role.TRAINER: frozenset({R.WORK, R.WRITE_COURSES}),
    Role.COMPLIANCE: frozenset(
        {R.WORK, R.SEE_PEOPLE, R.WRITE_RULES, R.SEE_COMPLIANCE, R.SEE_TEAM_COMPLIANCE, R.REVOKE_CERTIFICATES, R.WRITE_COURSES, R.SEE_FAIRNESS}
    ),
    Role.AUDITOR: frozenset({R.WORK, R.SEE_PEOPLE, R.SEE_AUDIT, R.SEE_COMPLIANCE, R.SEE_TEAM_COMPLIANCE, R.SEE_ONBOARDING, R.SEE_FAIRNESS}),
}
# who works does their own tasks too; a new hire does so before day one, and nothing else
RIGHTS_OF: dict[Role, frozenset[Right]] = {role: rights | {R.DO_OWN_TASKS} for role, rights in _RIGHTS.items()}
# an auditor's rights hold while somebody has given them access, and within a scope only these
RIGHTS_WITHIN_SCOPE: dict[Role, frozenset[Right]] = {
    Role.AUDITOR: frozenset({R.WORK, R.DO_OWN_TASKS, R.SEE_PEOPLE, R.SEE_COMPLIANCE, R.SEE_TEAM_COMPLIANCE}),
}
RIGHTS_WITHOUT_ACCESS: dict[Role, frozenset[Right]] = {Role.AUDITOR: frozenset({R.WORK, R.DO_OWN_TASKS})}
RIGHTS_BEFORE: dict[Role, frozenset[Right]] = {Role.NEW_HIRE: frozenset({R.DO_OWN_TASKS, R.FOLLOW_ONBOARDING})}
