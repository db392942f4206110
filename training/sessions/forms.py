"""Forms of sessions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.calendars.models import Room
from core.people.models import Person
from core.web.forms import Form, pairs
from core.web.i18n import _, _l
from training.catalogue.models import Course
from training.sessions.actions import Plan


class PlanForm(Form):
    """A new session, at times as the planner's clocks show them."""

    course = SelectField(_l("Course"), validators=[InputRequired()])
    trainer = SelectField(_l("Trainer"), validators=[InputRequired()])
    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired(_l("Choose a day and a time."))])
    minutes = IntegerField(_l("Minutes"), default=120, validators=[InputRequired(), NumberRange(15, 600)])
    capacity = IntegerField(_l("Seats"), default=12, validators=[InputRequired(), NumberRange(1, 500)])
    room = SelectField(_l("Room"), validators=[Optional()])
    place = StringField(_l("Place, if it is no room here"), validators=[Length(max=200)])
    meeting_url = StringField(_l("Address of the video call"), validators=[Length(max=500)])

    def offer(self, *, courses: Iterable[Course], trainers: Iterable[Person], rooms: Iterable[Room]) -> None:
        """Set what can be chosen."""
        self.course.choices, self.trainer.choices = pairs(courses, "title"), pairs(trainers)
        self.room.choices = [SelectChoice("", _("No room")), *pairs(rooms)]

    def plan(self, zone: str, rooms: Iterable[Room]) -> Plan:
        """What was typed."""
        begins: datetime = self.starts.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        ends = begins + timedelta(minutes=self.minutes.data or 0)
        room = next((room for room in rooms if str(room.public_id) == self.room.data), None)
        return Plan(begins, ends, zone, self.capacity.data or 0, self.place.data or "", self.meeting_url.data or "", room)


class CancelForm(Form):
    """Calling a session off."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])


class AttendanceForm(Form):
    """Who came."""

    came: Any = SelectMultipleField(_l("Who came"), validators=[Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
