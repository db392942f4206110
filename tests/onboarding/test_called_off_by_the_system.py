"""Who accepted and does not start leaves no session in a mentor's calendar, whoever notes it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.audit.models import AuditEvent
from core.calendars.models import BookingState
from core.db import session
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.public import withdraw
from onboarding.shadowing.models import SessionState
from onboarding.shadowing.queries import get_session
from tests.situations import a_colleague, a_running_checklist, a_shadowing_session


def test_a_recruiter_who_notes_that_somebody_does_not_start_frees_the_mentor(app: object, mailbox: Any) -> None:
    found = a_running_checklist(starts_in=14)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    planned = a_shadowing_session(found, mentor=mentor, starts_in=timedelta(days=16))
    withdraw(get_person(found.new_hire.public_id), reason="Took another offer.", by=a_colleague("Rita Sol", Role.RECRUITER))
    session.commit()
    called_off = get_session(planned.public_id, viewer=None)
    assert called_off.state is SessionState.CANCELLED
    assert [day.booking.state for day in called_off.days] == [BookingState.CANCELLED]
    told = [mail.name for mail in mailbox.to(mentor)]
    assert told.count("calendar_cancellation") == 1
    assert "shadowing_other_times" not in told  # there is nobody to meet at another time
    assert "another offer" not in mailbox.to(mentor)[-1].text
    line = session.scalars(select(AuditEvent).where(AuditEvent.name == "onboarding.shadowing_session.cancelled")).one()
    assert line.actor_id is None
