"""Forms of mentors."""

from wtforms import BooleanField, DateField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.web.forms import Form, PersonField
from core.web.i18n import _l
from onboarding.choices import labelled
from onboarding.mentors.labels import LANGUAGES
from onboarding.mentors.models import MOST_A_WEEK
from onboarding.shadowing.forms import CheckboxesField


class MentorForm(Form):
    """A mentor's profile."""

    skills = CheckboxesField(_l("What you can show"))
    places = CheckboxesField(_l("Where you can be accompanied"))
    is_remote = BooleanField(_l("Remote, by screen sharing"), default=True)
    languages = CheckboxesField(_l("Languages"), choices=labelled(LANGUAGES))
    weekly_sessions = IntegerField(_l("Sessions a week at most"), default=2, validators=[InputRequired(), NumberRange(1, MOST_A_WEEK)])
    about = TextAreaField(_l("About your work"), validators=[Length(max=2000)])
    version = HiddenField()


class AddMentorForm(MentorForm):
    """Somebody who becomes a mentor."""

    person = PersonField(_l("Experienced colleague"), validators=[InputRequired(_l("Choose an experienced colleague."))])


class PauseForm(Form):
    """A pause."""

    first_day = DateField(_l("From"), validators=[InputRequired(_l("Choose a day."))])
    last_day = DateField(_l("Until and including"), validators=[Optional()])
    reason = StringField(_l("Reason"), validators=[Length(max=500)])


class AbsenceForm(Form):
    """Days off."""

    starts_on = DateField(_l("First day off"), validators=[InputRequired(_l("Choose a day."))])
    ends_on = DateField(_l("Last day off"), validators=[InputRequired(_l("Choose a day."))])
