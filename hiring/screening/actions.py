"""Screening: marks against the posting's criteria."""

from flask_babel import gettext as _
from sqlalchemy import select

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from hiring.applications.models import Application, ApplicationState
from hiring.postings.models import Criterion
from hiring.screening import policy
from hiring.screening.models import ScreeningMark


def give_mark(application: Application, criterion: Criterion, *, mark: int, note: str = "", by: Person) -> ScreeningMark:
    """Mark how well the application meets a criterion, 1 to 4; an earlier mark by the same person is replaced.

    Raises NotAllowed unless `by` screens this posting, Invalid for a criterion of another posting, WrongState when it is closed.
    """
    if not policy.can_screen(by, application):
        raise NotAllowed(_("Only the hiring team of this posting screens its applications."))
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed; its marks stay as they are."))
    if criterion.posting_id != application.posting_id:
        raise Invalid(_("That criterion belongs to another posting."))
    given = session.scalars(
        select(ScreeningMark).where(
            ScreeningMark.application_id == application.id, ScreeningMark.criterion_id == criterion.id, ScreeningMark.by_id == by.id
        )
    ).one_or_none()
    before = None if given is None else given.mark
    if given is None:
        given = ScreeningMark(application_id=application.id, criterion_id=criterion.id, by_id=by.id)
        session.add(given)
    given.mark, given.note, given.marked_at = mark, note, now()
    session.flush()
    record(
        "hiring.screening_mark.given",
        application,
        by=by,
        person=application.candidate.person,
        changes={"criterion": criterion.id, "mark": [before, mark]},
    )
    return given
