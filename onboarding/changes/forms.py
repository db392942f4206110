"""Forms of changes to a checklist, and of the list for those who leave."""

from wtforms import BooleanField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from core.web.forms import Form, PersonField
from core.web.i18n import _l
from onboarding.changes.labels import OCCASIONS
from onboarding.choices import labelled
from onboarding.templates.labels import PARTS
from onboarding.templates.models import Part


class AroundForm(Form):
    """Who is around a new hire, and how day one begins."""

    buddy = PersonField(_l("Buddy"))
    contact = SelectField(_l("Human resources"))
    arrives_at = TimeField(_l("Time of arrival on day one"), validators=[Optional()])
    meeting_point = StringField(_l("Where to come, and whom to ask for"), validators=[Length(max=300)])


class LeavingTaskForm(Form):
    """Something to do whenever somebody leaves."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    part = SelectField(_l("Who does it"), choices=labelled({part: label for part, label in PARTS.items() if part not in (Part.PERSON, Part.TEAM)}))
    offset_days = IntegerField(_l("Business days from the last day"), validators=[InputRequired(_l("Enter a number of days."))], default=0)
    occasion = SelectField(_l("When"), choices=labelled(OCCASIONS))
    is_active = BooleanField(_l("In use"), default=True)
    version = IntegerField(widget=HiddenInput(), default=0)
