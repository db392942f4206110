"""Sessions ahead whose mentor will not be there: for whom another one has to be found."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.people.models import Person
from onboarding.mentors.asking import away
from onboarding.mentors.queries import posts_of, profiles_of, sessions_at_risk
from onboarding.shadowing.models import Session


@dataclass(frozen=True)
class AtRisk:
    """A session and why its mentor will not be there."""

    session: Session
    reasons: tuple[str, ...]


def without_mentor(viewer: Person | None, *, at: datetime) -> list[AtRisk]:
    """Sessions ahead whose mentor pauses, is off or has left by then: everyone's for human resources and the system (None), for a manager
    those they scheduled or lead."""
    sessions = sessions_at_risk(viewer, at=at)
    keys = {session.mentor_id for session in sessions}
    if not keys:
        return []
    profiles, posts = profiles_of(keys), posts_of(keys)
    found = []
    for session in sessions:
        mentor = session.mentor
        days = [day.starts_at.astimezone(ZoneInfo(mentor.time_zone)).date() for day in session.days]
        reasons = [reason for day in days for reason in away(mentor.name, profiles.get(mentor.id), posts.get(mentor.id, []), day)]
        if reasons:
            found.append(AtRisk(session, tuple(reasons)))
    return found
