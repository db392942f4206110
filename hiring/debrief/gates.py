"""What a decision of the panel opens."""

from sqlalchemy import select

from core.db import session
from core.errors import WrongState
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.debrief.models import PanelDecision, PanelVerdict


def is_recommended(application: Application) -> bool:
    """Whether the panel's latest decision recommends the candidate."""
    query = select(PanelDecision.verdict).where(PanelDecision.application_id == application.id)
    latest = session.scalars(query.order_by(PanelDecision.decided_at.desc(), PanelDecision.id.desc()).limit(1)).one_or_none()
    return latest is PanelVerdict.RECOMMENDED


def insist_on_recommendation(application: Application) -> None:
    """Raise WrongState unless the panel recommends the candidate: the final interview is for those alone."""
    if not is_recommended(application):
        raise WrongState(_("The final interview is for candidates the panel recommended. Write the panel's decision in the debrief first."))
