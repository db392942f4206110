"""Which objective was seen in which session of one new hire. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onboarding.programmes.models import Participation
from onboarding.programmes.objectives import Objective
from onboarding.shadowing.models import Observation, Session, SessionState


class Sighting(StrEnum):
    """What is known of an objective in one session."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"
    DISPUTED = "disputed"
    PLANNED = "planned"
    ABSENT = "absent"


@dataclass(frozen=True)
class Line:
    """One objective with what each session says of it, in the order of the sessions, and in how many it was seen."""

    objective: Objective
    cells: tuple[Sighting, ...]

    @property
    def times_seen(self) -> int:
        """In how many sessions it was seen."""
        return self.cells.count(Sighting.SEEN)


def objectives_by_session(participation: Participation, sessions: Sequence[Session]) -> list[Line]:
    """The programme's objectives, then others that were watched, each with a cell for every session. Needs observations with objectives."""
    wanted = {row.objective_id: row.objective for stage in participation.programme.stages for row in stage.objectives}
    for session in sessions:
        wanted |= {row.objective_id: row.objective for row in session.observations if row.objective_id not in wanted}
    return [Line(objective, tuple(_cell(session, key) for session in sessions)) for key, objective in wanted.items()]


def _cell(session: Session, key: int) -> Sighting:
    row = next((row for row in session.observations if row.objective_id == key), None)
    if row is None:
        return Sighting.ABSENT
    return sighting(row, is_over=session.state in (SessionState.HELD, SessionState.SIGNED_OFF))


def sighting(row: Observation, *, is_over: bool) -> Sighting:
    """What is known of one objective in its session."""
    if row.differs:
        return Sighting.DISPUTED
    if row.counts_as_seen:
        return Sighting.SEEN
    if row.seen is False or row.mentor_seen is False or row.decided_seen is False:
        return Sighting.NOT_SEEN
    return Sighting.ABSENT if is_over else Sighting.PLANNED
