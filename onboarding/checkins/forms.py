"""Forms of check-ins."""

from wtforms import DateTimeLocalField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.checkins.actions import MOST, Rhythm
from onboarding.checkins.labels import EVERY
from onboarding.choices import labelled

NEEDED = _l("This is needed.")


class PlanForm(Form):
    """Talks to plan."""

    starts = DateTimeLocalField(_l("Day and time"), validators=[InputRequired(_l("Choose a day and a time."))])
    minutes = IntegerField(
        _l("Minutes"), validators=[InputRequired(NEEDED), NumberRange(10, 180, _l("A check-in takes from 10 to 180 minutes."))], default=30
    )
    every = SelectField(_l("How often"), choices=labelled(EVERY), default="0", validators=[InputRequired(NEEDED)])
    times = IntegerField(_l("How many times"), validators=[InputRequired(NEEDED), NumberRange(1, MOST)], default=1)
    place = StringField(_l("Where you meet, or the link"), validators=[InputRequired(NEEDED), Length(max=300)])
    agenda = TextAreaField(_l("Agenda"), validators=[Length(max=4000)])

    def rhythm(self, zone: str) -> Rhythm:
        """When the talks are."""
        return Rhythm(self.starts.data, zone, int(self.every.data), self.times.data, self.minutes.data)


class NotesForm(Form):
    """What the two write."""

    agenda = TextAreaField(_l("Agenda"), validators=[Length(max=4000)])
    notes = TextAreaField(_l("Notes"), validators=[Length(max=8000)])
    version = HiddenField()


class CancelForm(Form):
    """Why a talk is called off."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])
