"""Forms of shadowing."""

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField, URLField, widgets
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.shadowing.labels import MODES
from onboarding.shadowing.models import Mode


class CheckboxesField(SelectMultipleField):
    """Any number of choices, as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class TimesForm(Form):
    """When a session takes place."""

    first_day = DateField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    days = RadioField(_l("How long"), choices=labelled({"1": _l("One day"), "2": _l("Two days in a row")}), default="1", validators=[InputRequired()])
    from_time = TimeField(_l("From"), validators=[InputRequired(_l("Choose a time."))])
    to_time = TimeField(_l("To"), validators=[InputRequired(_l("Choose a time."))])
    time_zone = SelectField(_l("Time zone"), validators=[InputRequired()])


class SessionForm(TimesForm):
    """A session to schedule."""

    person = SelectField(_l("New hire"), validators=[InputRequired(_l("Choose a new hire."))])
    mentor = SelectField(_l("Experienced colleague"), validators=[InputRequired(_l("Choose an experienced colleague."))])
    mode = RadioField(_l("How"), choices=labelled(MODES), default=Mode.ON_SITE.value, validators=[InputRequired()])
    place = StringField(_l("Where you meet"), validators=[Marked(), Length(max=200)])
    meeting_url = URLField(_l("Link of the meeting"), validators=[Marked(), Length(max=500)])
    objectives = CheckboxesField(_l("What to watch"), validators=[Marked()])
    note = TextAreaField(_l("What to read or bring"), validators=[Length(max=2000)])


class ReasonForm(Form):
    """Why a session is called off."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])


class SignOffForm(Form):
    """The mentor's feedback."""

    feedback = TextAreaField(
        _l("Feedback"), validators=[InputRequired(_l("Write a sentence of feedback: what went well, what to try next.")), Length(max=4000)]
    )


class ObjectiveForm(Form):
    """Something to watch."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    hint = StringField(_l("What to look out for"), validators=[Length(max=500)])


def log_form(keys: list[int]) -> type[Form]:
    """A form for the observation log: four fields for each objective, named by its inner key."""
    fields: dict[str, object] = {}
    for key in keys:
        fields[f"seen-{key}"] = RadioField(_l("Did you see it?"), choices=labelled({"yes": _l("Seen"), "no": _l("Not seen")}), validate_choice=False)
        fields[f"happened-{key}"] = TextAreaField(_l("What happened"), validators=[Length(max=4000)])
        fields[f"learned-{key}"] = TextAreaField(_l("What I learned"), validators=[Length(max=4000)])
        fields[f"question-{key}"] = TextAreaField(_l("A question I have"), validators=[Length(max=2000)])
    return type("LogForm", (Form,), fields)
