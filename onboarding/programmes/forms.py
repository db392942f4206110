"""Forms of programmes."""

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.programmes.labels import STAGE_KINDS
from onboarding.programmes.models import MOST_MINUTES, MOST_SESSIONS
from onboarding.shadowing.forms import CheckboxesField
from onboarding.shadowing.labels import MODES


class ProgrammeForm(Form):
    """A programme: for whom, what to read first, what its mentors must hold."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=200)])
    job_role = SelectField(_l("Job role"), validators=[InputRequired(_l("Choose a job role."))])
    course = SelectField(_l("Course a mentor must hold on the day"))
    reading = TextAreaField(_l("What to read first"), validators=[Length(max=8000)])
    version = HiddenField()


class StageForm(Form):
    """What a stage asks for."""

    kind = SelectField(_l("Stage"), choices=labelled(STAGE_KINDS), validators=[InputRequired()])
    objectives = CheckboxesField(_l("What to watch"), validators=[Marked()])
    sessions_required = IntegerField(_l("Sessions at least"), default=1, validators=[InputRequired(), NumberRange(1, MOST_SESSIONS)])
    minutes_required = IntegerField(_l("Minutes at least"), default=0, validators=[InputRequired(), NumberRange(0, MOST_MINUTES)])
    needs_every_objective = BooleanField(_l("Each objective is seen at least once"), default=True)
    needs_approval = BooleanField(_l("The manager says when the next stage begins"))
    is_reversed = BooleanField(_l("Parts swapped: the new hire does the work, the mentor watches and rates"))
    mode = SelectField(_l("How"), choices=labelled(MODES, empty=_l("On site or remote")))
    days = SelectField(_l("How long"), choices=labelled({"1": _l("One day"), "2": _l("Two days in a row")}), default="1")
    reading = TextAreaField(_l("What to read before this stage"), validators=[Length(max=4000)])


class BeginForm(Form):
    """Whom a programme begins for."""

    person = SelectField(_l("New hire"), validators=[InputRequired(_l("Choose a new hire."))])
    programme = SelectField(_l("Programme"), validators=[InputRequired(_l("Choose a programme."))])


class PassForm(Form):
    """Letting somebody go on."""

    comment = TextAreaField(_l("What you say to it"), validators=[Length(max=1000)])


class EndForm(Form):
    """Why a programme ends early."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])
