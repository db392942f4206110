"""What waits for a person in shadowing: a session to confirm, a log to write, a sign-off."""

from zoneinfo import ZoneInfo

from flask import url_for

from core.clock import now
from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.shadowing.models import Session, SessionState
from onboarding.shadowing.queries import sessions_to_act_on


def sessions_waiting_for(person: Person) -> list[Waiting]:
    """Sessions in which it is the person's turn."""
    return [_waiting(session, person) for session in sessions_to_act_on(person, at=now())]


def _waiting(session: Session, person: Person) -> Waiting:
    mentor = session.mentor_id == person.id
    if not mentor:
        title = _("Write down what you saw while shadowing")
    elif session.ends_at <= now():
        title = _("Sign off the shadowing session")
    else:
        title = _("Confirm the shadowing session")
    ahead = session.state is SessionState.PROPOSED and session.ends_at > now()
    return Waiting(
        title=title,
        about=session.person.name if mentor else session.mentor.name,
        url=url_for("shadowing.show", session_id=session.public_id),
        kind=_("Shadowing"),
        due_on=None if ahead else session.ends_at.astimezone(ZoneInfo(session.time_zone)).date(),
        since=session.created_at,
    )
