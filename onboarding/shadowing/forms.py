"""Forms of shadowing."""

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
    widgets,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.web.forms import Form, PersonField
from core.web.i18n import _l
from onboarding.choices import Marked, labelled
from onboarding.programmes.objectives import Mode
from onboarding.shadowing.labels import ANSWERS, LENGTHS, MODES, OUTCOMES, RATINGS, SIDES


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
    mentor = PersonField(_l("Experienced colleague"), validators=[InputRequired(_l("Choose an experienced colleague."))])
    mode = RadioField(_l("How"), choices=labelled(MODES), default=Mode.ON_SITE.value, validators=[InputRequired()])
    place = StringField(_l("Where you meet"), validators=[Marked(), Length(max=200)])
    meeting_url = URLField(_l("Link of the meeting"), validators=[Marked(), Length(max=500)])
    objectives = CheckboxesField(_l("What to watch"), validators=[Marked()])
    note = TextAreaField(_l("What to read or bring"), validators=[Length(max=2000)])
    counts = BooleanField(_l("Counts towards the stage the new hire is in"), default=True)
    weeks = IntegerField(_l("Repeat weekly: how many weeks in all"), default=1, validators=[Optional(), NumberRange(1, 12)])
    skips = BooleanField(_l("Leave out the dates that do not work"))
    again = HiddenField()  # the session this one is scheduled instead of


class ReasonForm(Form):
    """Why a session is called off."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])


class AgreeForm(Form):
    """The mentor agrees with all that was written; nothing but the token."""


class FreeTimesForm(Form):
    """Whose free times are looked for; read from the address."""

    class Meta(Form.Meta):
        csrf = False

    person = SelectField(_l("New hire"), validators=[InputRequired(_l("Choose a new hire."))])
    mentor = PersonField(_l("Experienced colleague"), validators=[InputRequired(_l("Choose an experienced colleague."))])
    minutes = SelectField(_l("How long"), choices=labelled(LENGTHS), default="120")
    days = SelectField(_l("Days"), choices=labelled({"1": _l("One day"), "2": _l("Two days in a row")}), default="1")
    starting = DateField(_l("From"), validators=[Optional()])


class NoShowForm(Form):
    """Who did not come."""

    who = RadioField(_l("Who did not come?"), choices=labelled(SIDES), validators=[InputRequired(_l("Say who did not come."))])
    note = TextAreaField(_l("What you know of it"), validators=[Length(max=1000)])


class SettleForm(Form):
    """The manager's word on whether a session took place."""

    outcome = RadioField(_l("What happened?"), choices=labelled(OUTCOMES), validators=[InputRequired(_l("Say what happened."))])
    settle_reason = TextAreaField(_l("How you know"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])


class ReassignForm(Form):
    """Another mentor for a session."""

    mentor = SelectField(_l("New mentor"), validators=[InputRequired(_l("Choose an experienced colleague."))])


class ObjectiveForm(Form):
    """Something to watch."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=200)])
    hint = StringField(_l("What to look out for"), validators=[Length(max=500)])


def log_form(keys: list[int]) -> type[Form]:
    """A form for the observation log: four fields for each objective, named by its inner key."""
    fields: dict[str, object] = {"version": HiddenField()}
    for key in keys:
        fields[f"seen-{key}"] = RadioField(_l("Did you see it?"), choices=labelled(ANSWERS), validate_choice=False)
        fields[f"happened-{key}"] = TextAreaField(_l("What happened"), validators=[Length(max=4000)])
        fields[f"learned-{key}"] = TextAreaField(_l("What I learned"), validators=[Length(max=4000)])
        fields[f"question-{key}"] = TextAreaField(_l("A question I have"), validators=[Length(max=2000)])
    return type("LogForm", (Form,), fields)


def sign_off_form(keys: list[int], *, with_rating: bool) -> type[Form]:
    """A form for the mentor's word: feedback, and for each objective whether it was seen, a note and where asked a mark."""
    feedback = [InputRequired(_l("Write a sentence of feedback: what went well, what to try next.")), Length(max=4000)]
    fields: dict[str, object] = {}
    for key in keys:
        fields[f"mentor-{key}"] = RadioField(_l("Was it seen?"), choices=labelled(ANSWERS), validate_choice=False)
        if with_rating:
            fields[f"rating-{key}"] = SelectField(_l("How well it was done"), choices=labelled(RATINGS, empty=_l("Choose a mark")))
        fields[f"note-{key}"] = TextAreaField(_l("What you say to it"), validators=[Length(max=2000)])
    fields["feedback"] = TextAreaField(_l("Feedback"), validators=feedback)
    return type("SignOffForm", (Form,), fields)


def decision_form(keys: list[int]) -> type[Form]:
    """A form for what holds where the two differ, objective by objective (inner keys), and why."""
    needed = InputRequired(_l("Decide each of them."))
    fields: dict[str, object] = {f"decided-{key}": RadioField(_l("What holds?"), choices=labelled(ANSWERS), validators=[needed]) for key in keys}
    fields["decision_reason"] = TextAreaField(_l("Why"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])
    return type("DecisionForm", (Form,), fields)
