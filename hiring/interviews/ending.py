"""Interviews of somebody whose application has ended are taken out of every calendar."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.audit.record import record
from core.calendars.booking import release
from core.calendars.models import Booking
from core.clock import now
from core.db import session
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.interviews.models import Interview, InterviewState


def cancel_what_is_planned(application: Application, *, by: Person | None, withdrawn: bool) -> bool:
    """Cancel the interviews that have not begun, and tell everybody who would have come."""
    query = select(Interview).join(Interview.booking).where(Interview.application_id == application.id, Interview.state == InterviewState.PLANNED)
    planned = session.scalars(query.where(Booking.starts_at > now()).options(joinedload(Interview.booking)).order_by(Interview.id)).all()
    reason = str(_("The candidate has withdrawn.") if withdrawn else _("The application has ended."))
    candidate = application.candidate.person
    for interview in planned:
        interview.state = InterviewState.CANCELLED
        release(interview.booking, reason=reason, by=by, unsaid_to=[candidate])
        record("hiring.interview.cancelled", interview, by=by, person=candidate, reason=reason)
    return bool(planned)
