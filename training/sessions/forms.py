"""Forms of sessions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateTimeLocalField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.calendars.models import Room
from core.errors import Invalid
from core.people.models import Person
from core.web.amounts import MoneyField
from core.web.forms import Form, PersonField, pairs
from core.web.i18n import _, _l
from training.catalogue.models import Course
from training.sessions.actions import Plan
from training.sessions.feedback import Words
from training.sessions.labels import FEEDBACK
from training.sessions.models import CourseSession
from training.sessions.moving import Change

MOST_CENTS = 2_000_000_000
CURRENCIES = [SelectChoice(code) for code in ("BRL", "USD", "EUR")]


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
    fills_from_rules = BooleanField(_l("Give free seats to people whom a rule asks for the course, those due first"))
    cost = MoneyField(_l("Cost of the session"), description=_l("Room, trainer and material together. Only who plans sessions reads it."))
    currency = SelectField(_l("Currency"), choices=CURRENCIES, filters=[lambda code: code or CURRENCIES[0].value])

    def offer(self, *, courses: Iterable[Course], trainers: Iterable[Person], rooms: Iterable[Room]) -> None:
        """Set what can be chosen."""
        self.course.choices, self.trainer.choices = pairs(courses, "title"), pairs(trainers)
        self.room.choices = [SelectChoice("", _("No room")), *pairs(rooms)]

    def plan(self, zone: str, rooms: Iterable[Room]) -> Plan:
        """What was typed."""
        begins, ends = _span(self, zone)
        room = next((room for room in rooms if str(room.public_id) == self.room.data), None)
        cost, currency = _cost(self)
        return Plan(
            begins,
            ends,
            zone,
            self.capacity.data or 0,
            self.place.data or "",
            self.meeting_url.data or "",
            room,
            fills_from_rules=bool(self.fills_from_rules.data),
            cost_cents=cost,
            currency=currency,
        )


class ChangeForm(Form):
    """Another time, other seats, another cost."""

    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired(_l("Choose a day and a time."))])
    minutes = IntegerField(_l("Minutes"), validators=[InputRequired(), NumberRange(15, 600)])
    capacity = IntegerField(_l("Seats"), validators=[InputRequired(), NumberRange(1, 500)])
    fills_from_rules = BooleanField(_l("Give free seats to people whom a rule asks for the course, those due first"))
    cost = MoneyField(_l("Cost of the session"), description=_l("Room, trainer and material together. Only who plans sessions reads it."))
    currency = SelectField(_l("Currency"), choices=CURRENCIES, filters=[lambda code: code or CURRENCIES[0].value])
    without_busy = BooleanField(_l("Move it without those who are busy then: they lose their seats and are told"))

    def begin(self, taught: CourseSession) -> None:
        """Show what is planned."""
        self.starts.data = taught.starts_at.astimezone(ZoneInfo(taught.time_zone)).replace(tzinfo=None)
        self.minutes.data = int((taught.ends_at - taught.starts_at).total_seconds() // 60)
        self.capacity.data, self.fills_from_rules.data = taught.capacity, taught.fills_from_rules
        self.cost.data, self.currency.data = taught.cost_cents, taught.currency or CURRENCIES[0].value

    def change(self, zone: str) -> Change:
        """What was typed."""
        begins, ends = _span(self, zone)
        cost, currency = _cost(self)
        return Change(begins, ends, self.capacity.data or 0, bool(self.fills_from_rules.data), cost, currency)


def _cost(form: PlanForm | ChangeForm) -> tuple[int | None, str | None]:
    if form.cost.data and form.cost.data > MOST_CENTS:
        raise Invalid(_("Write a cost below 20 million."), field="cost")
    return (form.cost.data, form.currency.data) if form.cost.data else (None, None)


def _span(form: PlanForm | ChangeForm, zone: str) -> tuple[datetime, datetime]:
    try:
        begins: datetime = form.starts.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return begins, begins + timedelta(minutes=form.minutes.data or 0)
    except OverflowError:
        raise Invalid(_("Choose a day and a time."), field="starts") from None


class EnrolForm(Form):
    """People to be given seats: some of those shown, and one by name for who keeps the list."""

    people: Any = SelectMultipleField(_l("People"), validators=[Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    person = PersonField(_l("Somebody else"), description=_l("Type a part of the name."))


class CodeForm(Form):
    """The code on the screen."""

    code = StringField(_l("Code on the screen"), validators=[DataRequired(_l("Type the code on the screen.")), Length(max=40)])


MARKS = [SelectChoice(str(mark), str(mark)) for mark in range(1, 6)]


class FeedbackForm(Form):
    """How the session was."""

    content = RadioField(FEEDBACK["content"], choices=MARKS, validators=[InputRequired(_l("Choose one."))])
    teaching = RadioField(FEEDBACK["teaching"], choices=MARKS, validators=[InputRequired(_l("Choose one."))])
    usefulness = RadioField(FEEDBACK["usefulness"], choices=MARKS, validators=[InputRequired(_l("Choose one."))])
    comment = TextAreaField(_l("What should stay, what should change?"), validators=[Length(max=2000)])

    def words(self) -> Words:
        """What was said."""
        return Words(int(self.content.data), int(self.teaching.data), int(self.usefulness.data), self.comment.data or "")


class CancelForm(Form):
    """Calling a session off."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])


class AttendanceForm(Form):
    """Who came."""

    came: Any = SelectMultipleField(_l("Who came"), validators=[Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    also = PersonField(_l("Came without a seat"), description=_l("Type a part of the name. Saving puts them on the list as somebody who came."))
