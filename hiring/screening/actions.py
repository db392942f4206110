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


def take_back_mark(application: Application, criterion: Criterion, *, by: Person) -> None:
    """Take one's own mark back; where there is none, nothing happens. Raises what giving one raises."""
    _insist(application, criterion, by)
    given = _own_mark(application, criterion, by)
    if given is None:
        return
    session.delete(given)
    session.flush()
    _record(application, criterion, given.mark, None, by)


def give_mark(application: Application, criterion: Criterion, *, mark: int, note: str = "", by: Person) -> ScreeningMark:
    """Mark how well the application meets a criterion, 1 to 4; an earlier mark by the same person is replaced.

    Raises NotAllowed unless `by` screens this posting, Invalid for a criterion of another posting, WrongState when it is closed.
    """
    _insist(application, criterion, by)
    given = _own_mark(application, criterion, by)
    before = None if given is None else given.mark
    if given is None:
        given = ScreeningMark(application_id=application.id, criterion_id=criterion.id, by_id=by.id)
        session.add(given)
    given.mark, given.note, given.marked_at = mark, note, now()
    session.flush()
    _record(application, criterion, before, mark, by)
    return given


def _insist(application: Application, criterion: Criterion, by: Person) -> None:
    if not policy.can_screen(by, application):
        raise NotAllowed(_("Only the hiring team of this posting screens its applications."))
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application is closed; its marks stay as they are."))
    if criterion.posting_id != application.posting_id:
        raise Invalid(_("That criterion belongs to another posting."))


def _own_mark(application: Application, criterion: Criterion, by: Person) -> ScreeningMark | None:
    query = select(ScreeningMark).where(ScreeningMark.application_id == application.id, ScreeningMark.criterion_id == criterion.id)
    return session.scalars(query.where(ScreeningMark.by_id == by.id)).one_or_none()


def _record(application: Application, criterion: Criterion, before: int | None, mark: int | None, by: Person) -> None:
    changes = {"criterion": criterion.id, "mark": [before, mark]}
    name = "hiring.screening_mark.given" if mark is not None else "hiring.screening_mark.taken_back"
    record(name, application, by=by, person=application.candidate.person, changes=changes)
