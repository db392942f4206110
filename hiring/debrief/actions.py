"""What is done in a debrief: the panel decides."""

from collections.abc import Sequence

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from hiring.applications.models import Application, ApplicationState
from hiring.debrief.models import PanelDecision, PanelVerdict
from hiring.debrief.record import cards_of, figures, fingerprint
from hiring.interviews.gates import missing_cards
from hiring.interviews.models import Interview
from hiring.interviews.policy import owes_card


def decide_as_panel(
    application: Application, interviews: Sequence[Interview], *, verdict: PanelVerdict, reason: str, seen: str, by: Person
) -> PanelDecision:
    """Write down what the panel decides, with the figures of every card. `seen` is the fingerprint of the cards that were on the page.

    Raises WrongState while a required card is missing or one's own is owed, Conflict when the cards have changed, Invalid without a reason.
    """
    if not by.may(Right.DECIDE_APPLICATIONS):
        raise NotAllowed(_("Recruiters and hiring managers write down what the panel decides."))
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed. Reopen it before you decide."))
    if not reason.strip():
        raise Invalid(_("Say why the panel decides so."), field="reason")
    if owes_card(by, interviews):
        raise WrongState(_("Send your own scorecard first."))
    cards = cards_of(interviews)
    if not cards:
        raise WrongState(_("There is no scorecard to decide from yet."))
    owing = [name for interview in interviews if interview.booking.ends_at <= now() for name in missing_cards(interview)]
    if owing and verdict is PanelVerdict.RECOMMENDED:
        raise WrongState(_("A required scorecard is missing: %(names)s.", names=", ".join(dict.fromkeys(owing))))
    if seen != fingerprint(cards):
        raise Conflict(_("A scorecard came or changed while you were writing. Read it, then decide again."))
    decision = PanelDecision(
        application_id=application.id, verdict=verdict, reason=reason.strip(), decided_by=by, cards=figures(cards), fingerprint=seen
    )
    session.add(decision)
    session.flush()
    changes = {"verdict": verdict.value, "cards": len(cards), "fingerprint": seen}
    record("hiring.panel.decided", application, by=by, person=application.candidate.person, changes=changes)
    return decision
