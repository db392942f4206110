"""Forms of openings."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.people.models import Location
from core.web.forms import Form, pairs
from core.web.i18n import _, _l
from training.openings.actions import OpeningDraft


class CodeForm(Form):
    """Another access code."""

    code = StringField(_l("Access code"), validators=[Optional(), Length(max=60)])


class OpeningForm(CodeForm):
    """When an exam is open, at times as clocks show them at the place."""

    location = SelectField(_l("For people who work at"), validators=[Optional()])
    opens = DateTimeLocalField(_l("Opens"), validators=[InputRequired(_l("Choose a day and a time."))])
    closes = DateTimeLocalField(_l("Closes"), validators=[InputRequired(_l("Choose a day and a time."))])

    def offer(self, locations: Iterable[Location]) -> None:
        """Set which places can be chosen."""
        self.location.choices = [SelectChoice("", _("Everybody, wherever they work")), *pairs(locations)]

    def draft(self, zone: str, locations: Iterable[Location]) -> OpeningDraft:
        """What was typed; without a place, times are those of the zone."""
        place = next((place for place in locations if str(place.public_id) == self.location.data), None)
        zone = zone if place is None else place.time_zone
        opens, closes = (_instant(field.data, zone) for field in (self.opens, self.closes))
        return OpeningDraft(opens, closes, zone, place, self.code.data or "")


def _instant(typed: datetime, zone: str) -> datetime:
    return typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
