"""Mails about shadowing sessions, besides the invitations of the calendar."""

from collections.abc import Sequence

from core.calendars.spans import full_span
from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from onboarding.shadowing.models import Session
from onboarding.shadowing.times import Stretch


def session_called_off(session: Session, *, times: Sequence[Sequence[Stretch]], by: Person) -> None:
    """Propose other times to the two, each in their own clock; who called it off sees them on the page."""
    if not times:
        return
    for reader in (session.person, session.mentor):
        if reader.id != by.id:
            context = {
                "name": reader.name,
                "who": session.mentor.name if reader.id == session.person.id else session.person.name,
                "times": [full_span(days[0].starts_at, days[-1].ends_at, zone=reader.time_zone, locale=reader.locale) for days in times[:3]],
                "link": absolute_url("shadowing.show", session_id=session.public_id),
            }
            queue_mail("shadowing_other_times", to=reader, context=context, about=session.public_id)
