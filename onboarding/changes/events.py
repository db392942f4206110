"""What the audit trail says about changes."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.checklist.start_moved": _l("The days of the onboarding followed another first day"),
    "onboarding.checklist.brought_up_to_date": _l("The onboarding was brought to what the templates ask for now"),
    "onboarding.checklist.people_changed": _l("Manager, buddy or contact of the onboarding changed"),
    "onboarding.checklist.day_one_described": _l("When and where day one begins was written down"),
    "onboarding.task.handed_over": _l("An onboarding task was handed over"),
    "onboarding.handover.arranged": _l("Who takes over what somebody who leaves does for new hires was written down"),
    "onboarding.leaving.begun": _l("What is left to do for somebody who leaves was given out"),
    "onboarding.leaving_task.written": _l("The list for those who leave was changed"),
}
