"""What waits for a person around sessions."""

from collections.abc import Iterable

from flask import url_for

from core.clock import now
from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from training.sessions.models import CourseSession
from training.sessions.policy import can_plan
from training.sessions.queries import sessions_to_settle, sessions_to_tell


def lists_to_keep(person: Person) -> list[Waiting]:
    """Sessions that are over and of which nobody has noted who came."""
    return _lines(_("Say who came to a session"), sessions_to_settle(person, at=now(), plans=can_plan(person)), "sessions.attendance")


def sessions_to_judge(person: Person) -> list[Waiting]:
    """Sessions the person came to and has not said anything of."""
    return _lines(_("Say how a session was"), sessions_to_tell(person, at=now()), "sessions.tell")


def _lines(title: str, found: Iterable[CourseSession], endpoint: str) -> list[Waiting]:
    return [Waiting(title, one.course.title, url_for(endpoint, session_id=one.public_id), _("Training"), since=one.ends_at) for one in found]
