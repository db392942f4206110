"""One step of a session: its new state, the line of its history and that of the audit trail, which never part."""

from core.audit.record import record
from core.db import session as database
from core.errors import NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.shadowing.models import AHEAD, WORKFLOW, Session, SessionMove, SessionState


def step(session: Session, to: SessionState, *, name: str, by: Person | None, reason: str = "") -> None:
    """Let a session take a state, or take it anew at another time. Raises WrongState when the state cannot follow."""
    before = session.state
    WORKFLOW.insist(before, to)
    session.state = to
    by_id = None if by is None else by.id
    database.add(SessionMove(session_id=session.id, from_state=before, to_state=to, starts_at=session.starts_at, by_id=by_id, reason=reason))
    database.flush()
    changes = {"state": [before.value, to.value], "starts_at": session.starts_at.isoformat()}
    record(f"onboarding.shadowing_session.{name}", session, by=by, person=session.person, changes=changes, reason=reason)


def insist(allowed: bool, session: Session) -> None:
    """Raise unless it is allowed: WrongState for a session that is over, NotAllowed for one that is somebody else's turn."""
    if allowed:
        return
    if session.state not in AHEAD:
        raise WrongState(_("This session has changed meanwhile. Reload the page to see where it stands."))
    raise NotAllowed(_("This is for somebody else to do."))
