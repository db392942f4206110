"""Reading what a debrief shows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.rights import Right
from hiring.applications.models import Application, Candidate
from hiring.debrief.models import PanelDecision
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, SeatPart
from hiring.postings.models import Posting
from hiring.postings.queries import sees_posting


def application_of_panel(application_id: UUID, *, viewer: Person) -> Application:
    """The application with candidate, posting and stage, for those who see it and for the members of its interviews. Raises NotFound."""
    sits = exists().where(
        InterviewSeat.interview_id == Interview.id,
        InterviewSeat.person_id == viewer.id,
        InterviewSeat.part == SeatPart.MEMBER,
        ~InterviewSeat.declined,
        Interview.application_id == Application.id,
        Interview.state != InterviewState.CANCELLED,
    )
    sees = sees_posting(viewer) if viewer.may(Right.SEE_APPLICATIONS) else None
    query = (
        select(Application)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Application.public_id == application_id, sits if sees is None else or_(sits, sees))
        .options(joinedload(Application.candidate).joinedload(Candidate.person), joinedload(Application.posting), joinedload(Application.stage))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def decisions_on(application: Application) -> Sequence[PanelDecision]:
    """What the panel decided, latest first, with who wrote it down."""
    query = select(PanelDecision).where(PanelDecision.application_id == application.id).options(joinedload(PanelDecision.decided_by))
    return session.scalars(query.order_by(PanelDecision.decided_at.desc(), PanelDecision.id.desc())).all()
