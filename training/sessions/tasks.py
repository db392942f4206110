"""Background work of sessions."""

from datetime import timedelta
from uuid import UUID

from core.clock import now
from core.errors import WrongState
from core.jobs.queue import enqueue, task, timetable
from training.sessions import enrolment, queries


@timetable("training.fill_sessions", every=timedelta(hours=6))
def fill_sessions() -> None:
    """Give free seats to who waits and to those whom rules ask for the course, for people come and go and rules change: a job for each session."""
    for taught in queries.sessions_to_fill(at=now()):
        enqueue("training.fill_session", arguments={"session_id": str(taught.public_id)})


@task("training.fill_session")
def fill_session(session_id: str) -> None:
    """The same for one session, when it is planned."""
    try:
        enrolment.fill_from_rules(queries.get_session(UUID(session_id)))
    except WrongState:  # it has begun or was called off meanwhile
        return
