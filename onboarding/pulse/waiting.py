"""What waits for a new hire: to say how they are doing."""

from datetime import date

from flask import url_for

from core.people.models import Person
from core.people.rights import Right
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.pulse.queries import find_asked
from onboarding.pulse.questions import WAVES


def pulse_waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """The survey, if the person is asked now. Nobody but new hires is, and nothing is looked up for others."""
    asked = find_asked(person, on=on) if person.may(Right.FOLLOW_ONBOARDING) else None
    if asked is None:
        return []
    url = url_for("pulse.answer", wave=asked.wave.value)
    return [Waiting(title=_("Say how you are doing, in a minute"), about=str(WAVES[asked.wave]), url=url, kind=_("Onboarding"))]
