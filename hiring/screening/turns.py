"""Whose turn an application is."""

from sqlalchemy import ColumnElement, and_, or_, select

from core.clock import today
from core.people.models import Person
from hiring.applications.models import Application
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, Scorecard, ScorecardState, SeatPart
from hiring.postings.models import Posting, Stage, Turn


def my_turn(viewer: Person) -> ColumnElement[bool]:
    """The condition that an application waits for the viewer, for a query that joins Posting and Stage: not while it is on hold."""
    held = and_(Application.held_at.is_not(None), or_(Application.held_until.is_(None), Application.held_until >= today()))
    return and_(
        ~held,
        or_(
            and_(Stage.turn == Turn.RECRUITER, Posting.recruiter_id == viewer.id),
            and_(Stage.turn == Turn.HIRING_MANAGER, Posting.hiring_manager_id == viewer.id),
            and_(Stage.turn == Turn.INTERVIEWERS, owes_card(viewer)),
        ),
    )


def owes_card(viewer: Person) -> ColumnElement[bool]:
    """The condition that the viewer has not sent a scorecard that is asked of them in the application's stage."""
    written = select(Scorecard.id).where(
        Scorecard.interview_id == Interview.id, Scorecard.person_id == viewer.id, Scorecard.state == ScorecardState.SENT
    )
    return (
        select(Interview.id)
        .join(InterviewSeat, InterviewSeat.interview_id == Interview.id)
        .where(
            Interview.application_id == Application.id,
            Interview.stage_id == Application.stage_id,
            Interview.state == InterviewState.PLANNED,
            InterviewSeat.person_id == viewer.id,
            InterviewSeat.part == SeatPart.MEMBER,
            ~InterviewSeat.declined,
            ~written.exists(),
        )
        .correlate(Application)
        .exists()
    )
