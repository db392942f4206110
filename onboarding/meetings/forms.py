"""Forms of meetings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l


class MeetingForm(Form):
    """When and where, as clocks at the new hire's place show it."""

    starts = DateTimeLocalField(_l("Begins"), [InputRequired(_l("Choose a day and a time."))])
    minutes = IntegerField(
        _l("Minutes"), [InputRequired(_l("This is needed.")), NumberRange(10, 480, _l("A meeting takes from 10 to 480 minutes."))], default=30
    )
    place = StringField(_l("Place"), [Length(max=200)])
    meeting_url = StringField(_l("Address of the video call"), [Length(max=500)])

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Begin and end, in UTC."""
        begins = self.starts.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return begins, begins + timedelta(minutes=self.minutes.data)
