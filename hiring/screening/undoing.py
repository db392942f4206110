"""Taking back what one has just decided, as long as nothing has followed from it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.clock import now
from core.db import session
from core.errors import NotFound, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.actions import advance_application, reopen_application
from hiring.applications.models import Application, ApplicationMove, ApplicationState
from hiring.applications.queries import get_application

WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Done:
    """What somebody has just decided: the application, and the last line of its history."""

    application: Application
    move: ApplicationMove

    @property
    def was_declined(self) -> bool:
        """Whether it was a no."""
        return self.move.to_state is ApplicationState.DECLINED


def just_done(application_id: UUID, *, by: Person) -> Done | None:
    """What the person decided about this application a moment ago, if it can still be taken back."""
    try:
        application = get_application(application_id, viewer=by)
    except NotFound:
        return None
    query = select(ApplicationMove).where(ApplicationMove.application_id == application.id).options(joinedload(ApplicationMove.from_stage))
    last = session.scalars(query.order_by(ApplicationMove.at.desc(), ApplicationMove.id.desc()).limit(1)).one_or_none()
    if last is None or last.from_state is not ApplicationState.ACTIVE or last.by_id != by.id or last.at < now() - WITHIN:
        return None
    told = application.state is ApplicationState.DECLINED and not (application.outcome_from and application.outcome_from > now())
    stands = application.state is last.to_state and application.stage_id == last.to_stage_id
    if told or not stands or application.state not in (ApplicationState.ACTIVE, ApplicationState.DECLINED):
        return None
    return Done(application, last)


def undo(application_id: UUID, *, by: Person) -> Application:
    """Take back the decision the person made a moment ago. Raises WrongState where something has followed from it."""
    done = just_done(application_id, by=by)
    if done is None or done.move.from_stage is None:
        raise WrongState(_("This cannot be taken back any more: somebody went on, or the candidate has been told. Open the application to see."))
    if done.was_declined:
        return reopen_application(done.application, by=by, reason=str(_("Taken back at once.")))
    return advance_application(done.application, to_stage=done.move.from_stage, by=by)
