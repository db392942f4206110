"""Background work of sessions."""

from datetime import timedelta
from uuid import UUID

from core.errors import WrongState
from core.jobs.queue import task, timetable
from training.sessions import enrolment, queries


@timetable("training.fill_sessions", every=timedelta(hours=6))
def fill_sessions() -> None:
    """Give free seats to those whom rules ask for the course, for people join and rules change."""
    enrolment.fill_all_from_rules()


@task("training.fill_session")
def fill_session(session_id: str) -> None:
    """The same for one session, when it is planned."""
    try:
        enrolment.fill_from_rules(queries.get_session(UUID(session_id)))
    except WrongState:  # it has begun or was called off meanwhile
        return
