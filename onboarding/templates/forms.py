"""Forms of onboarding templates."""

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, FieldList, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import FormField
from wtforms.form import Form as PartOfForm
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.web.forms import Form, PersonField
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.task_forms.fields import FieldKind
from onboarding.templates.labels import FIELD_KINDS, KINDS, MOMENTS, PARTS, PHASES
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind


class Boxes(SelectMultipleField):
    """Any of several, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MatchForm(Form):
    """Whom something is for; nothing ticked means anybody."""

    job_roles = Boxes(_l("Job roles"))
    departments = Boxes(_l("Departments"))
    locations = Boxes(_l("Places"))
    employment_types = Boxes(_l("Contracts"), choices=labelled(EMPLOYMENT_TYPE_LABELS))


class TemplateForm(MatchForm):
    """A template's name and whom it is for; nothing ticked means everybody."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])
    is_active = BooleanField(_l("In use for new onboardings"), default=True)
    version = IntegerField(widget=HiddenInput(), default=0)


class NameForm(Form):
    """A name for a copy."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])


class ImportForm(Form):
    """A template from a file."""

    file = FileField(_l("File"))


class AttachForm(Form):
    """A file for the instructions of a task."""

    file = FileField(_l("File"))


class FieldPart(PartOfForm):
    """One field of a form task; left out while it has no name."""

    key = HiddenField()
    label = StringField(_l("Name of the field"), validators=[Length(max=120)])
    kind = SelectField(_l("Kind"), choices=labelled(FIELD_KINDS), default=FieldKind.SHORT.value)
    required = BooleanField(_l("Has to be filled in"))
    sensitive = BooleanField(_l("Sensitive: kept encrypted, shown to human resources alone"))
    choices = TextAreaField(_l("Choices, one a line"), validators=[Length(max=4000)])


class TemplateTaskForm(MatchForm):
    """A task of a template."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    kind = SelectField(_l("Kind"), choices=labelled(KINDS), default=TaskKind.TICK.value, validators=[InputRequired()])
    part = SelectField(_l("Who does it"), choices=labelled(PARTS), default=Part.NEW_HIRE.value, validators=[InputRequired()])
    named = PersonField(_l("Person"), validators=[Marked()])
    team = SelectField(_l("Team"), validators=[Marked()])
    phase = SelectField(_l("Phase"), choices=labelled(PHASES), default=Phase.FIRST_WEEK.value, validators=[InputRequired()])
    offset_days = IntegerField(_l("Business days"), validators=[InputRequired(_l("Give a whole number of days."))], default=0)
    due_after = SelectField(_l("Counted from"))
    waits_for = Boxes(_l("Can only be done after"))
    minutes = IntegerField(_l("Estimated minutes"), validators=[Optional()])
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
    asks_expiry = BooleanField(_l("The document lapses on a day, which is asked for"))
    fields = FieldList(FormField(FieldPart), label=_l("Fields"))
    letter = TextAreaField(_l("Text to sign"), validators=[Length(max=20_000), Marked()])
    item = StringField(_l("What is asked for"), validators=[Length(max=200), Marked()])
    moment = SelectField(_l("When it is looked back"), choices=labelled(MOMENTS, empty=_l("None")), default="", validators=[Marked()])
    key = StringField(_l("Key"), validators=[Length(max=60)])
    version = IntegerField(widget=HiddenInput(), default=0)


class PreviewForm(Form):
    """A position somebody may begin in, and the day."""

    job_role = SelectField(_l("Job role"), validators=[Marked()])
    department = SelectField(_l("Department"), validators=[Marked()])
    location = SelectField(_l("Place"), validators=[Marked()])
    employment_type = SelectField(_l("Contract"), choices=labelled(EMPLOYMENT_TYPE_LABELS), validators=[Marked()])
    starts_on = DateField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
