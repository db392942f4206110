"""Forms of onboarding templates."""

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.templates.labels import KINDS, PARTS, PHASES
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind


class TemplateForm(Form):
    """A template's name and whom it is for; nothing chosen means everybody."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])
    job_role = SelectField(_l("Only for the job role"))
    department = SelectField(_l("Only for the department"))
    location = SelectField(_l("Only for the place"))
    employment_type = SelectField(_l("Only for the contract"), choices=labelled(EMPLOYMENT_TYPE_LABELS, empty=_l("Any contract")))
    is_active = BooleanField(_l("In use for new onboardings"), default=True)
    version = IntegerField(widget=HiddenInput(), default=0)


class TemplateTaskForm(Form):
    """A task of a template."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    kind = SelectField(_l("Kind"), choices=labelled(KINDS), default=TaskKind.TICK.value, validators=[InputRequired()])
    part = SelectField(_l("Who does it"), choices=labelled(PARTS), default=Part.NEW_HIRE.value, validators=[InputRequired()])
    phase = SelectField(_l("Phase"), choices=labelled(PHASES), default=Phase.FIRST_WEEK.value, validators=[InputRequired()])
    offset_days = IntegerField(_l("Business days from the start"), validators=[InputRequired(_l("Give a whole number of days."))], default=0)
    required = BooleanField(_l("Required"), default=True)
    instructions = TextAreaField(_l("Instructions"), validators=[Length(max=5000)])
    policy = SelectField(_l("Policy"), validators=[Marked()])
    course = SelectField(_l("Course"), validators=[Marked()])
    document_rule = SelectField(
        _l("Files accepted"),
        choices=labelled({DocumentRule.DOCUMENT: _l("PDF, DOCX or picture"), DocumentRule.IMAGE: _l("Picture only")}),
        default=DocumentRule.DOCUMENT.value,
        validators=[InputRequired()],
    )
    key = StringField(_l("Key"), validators=[Length(max=60)])
    version = IntegerField(widget=HiddenInput(), default=0)
