"""What follows a knock-out answer where the posting says so: the application is declined, and the letter waits for days."""

from datetime import timedelta

from core.audit.record import record
from core.clock import now
from hiring.applications.actions import decline_application, reopen_application
from hiring.applications.models import Application, ApplicationState, DeclineReason

RULE_VERSION = 2  # rises with every change of what the rule does; see hiring/rules/register.py


def follow_knock_out(application: Application) -> Application:
    """Decline an active application with a knock-out answer, if its posting says so. Needs answers with their questions.

    The candidate is told days later and sees no difference until then; anybody who decides can take it back.
    """
    posting = application.posting
    if not (posting.declines_knock_outs and application.knocked_out and application.state is ApplicationState.ACTIVE):
        return application
    asked = [answer.question for answer in application.answers if answer.knocks_out]
    changes = {"questions": [question.id for question in asked], "rule": RULE_VERSION, "days": posting.knock_out_days}
    record("hiring.application.knocked_out", application, by=None, person=application.candidate.person, changes=changes)
    note = " ".join(dict.fromkeys(question.knock_out_reason for question in asked if question.knock_out_reason))
    tell_at = now() + timedelta(days=posting.knock_out_days)
    return decline_application(application, by=None, reason=DeclineReason.KNOCK_OUT, note=note, tell_at=tell_at)


def weigh_again(application: Application, *, reason: str) -> Application:
    """Follow the rule once more after the candidate sent other answers: what no longer knocks out is open again."""
    if application.knocked_out:
        return follow_knock_out(application)
    if application.state is ApplicationState.DECLINED and application.decline_reason is DeclineReason.KNOCK_OUT:
        return reopen_application(application, by=None, reason=reason)
    return application
