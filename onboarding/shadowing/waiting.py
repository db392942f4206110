"""What waits for a person in shadowing: to accept, to write down, to sign off, to decide, to let pass, to find another mentor."""

from zoneinfo import ZoneInfo

from flask import url_for

from core.clock import now
from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.mentors.reassigning import without_mentor
from onboarding.programmes.queries import at_a_gate, progress_of
from onboarding.shadowing.models import Session, SessionState
from onboarding.shadowing.queries import sessions_to_act_on


def sessions_waiting_for(person: Person) -> list[Waiting]:
    """Sessions in which it is the person's turn."""
    return [_waiting(session, person) for session in sessions_to_act_on(person, at=now())]


def _waiting(session: Session, person: Person) -> Waiting:
    ahead = session.state is SessionState.PROPOSED and session.ends_at > now()
    part = person.id in (session.person_id, session.mentor_id)
    return Waiting(
        title=_title(session, person, ahead),
        about=session.mentor.name if person.id == session.person_id else session.person.name,
        url=url_for("shadowing.show", session_id=session.public_id),
        kind=_("Shadowing"),
        due_on=None if ahead or not part else session.ends_at.astimezone(ZoneInfo(session.time_zone)).date(),
        since=session.created_at,
    )


def _title(session: Session, person: Person, ahead: bool) -> str:
    if person.id not in (session.person_id, session.mentor_id):
        return str(_("Decide what was seen while shadowing") if session.is_disputed else _("Say whether the shadowing session took place"))
    if ahead and session.starts_at > now():
        return str(_("Accept the shadowing session"))
    if person.id == session.person_id:
        return str(_("Write down what you saw while shadowing"))
    return str(_("Sign off the shadowing session") if session.ends_at <= now() else _("Accept the shadowing session"))


def gates_waiting_for(person: Person) -> list[Waiting]:
    """For who leads others: who waits to be let pass to the next stage."""
    found = at_a_gate(person)
    reached = progress_of(found) if found else {}
    return [
        Waiting(
            title=_("Say whether the next stage of shadowing begins"),
            about=row.person.name,
            url=url_for("progress.show", participation_id=row.public_id),
            kind=_("Shadowing"),
            since=row.created_at,
        )
        for row in found
        if row.stage_id is not None and reached[row.id][row.stage_id].is_reached
    ]


def mentors_to_find_for(person: Person) -> list[Waiting]:
    """For who schedules: sessions whose mentor will not be there."""
    return [
        Waiting(
            title=_("Find another mentor for a shadowing session"),
            about=risk.session.person.name,
            url=url_for("mentors.to_reassign"),
            kind=_("Shadowing"),
            due_on=risk.session.starts_at.astimezone(ZoneInfo(risk.session.time_zone)).date(),
            since=risk.session.created_at,
        )
        for risk in without_mentor(person, at=now())
    ]
