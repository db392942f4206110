"""Forms with which an installation is set up."""

from wtforms import BooleanField, EmailField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from core.people.contact import ADDRESS
from core.people.labels import ROLE_LABELS
from core.web.forms import Form, labelled
from core.web.i18n import LOCALES, _l


class CompanyForm(Form):
    """The company as candidates read about it."""

    name = StringField(_l("Name"), [InputRequired(_l("A name is needed.")), Length(max=120)])
    culture = TextAreaField(_l("Culture"), [Length(max=4000)])
    vision = TextAreaField(_l("Vision"), [Length(max=2000)])
    mission = TextAreaField(_l("Mission"), [Length(max=2000)])
    website = StringField(_l("Website"), [Length(max=200)])
    address = StringField(_l("Address"), [Length(max=200)])
    needs_requisition = BooleanField(_l("A posting begins with an approved requisition"))
    asks_survey = BooleanField(_l("Ask candidates an optional survey on equal opportunity, after they apply"))


class PersonForm(Form):
    """A colleague who gets an account."""

    name = StringField(_l("Name"), [InputRequired(_l("A name is needed.")), Length(max=120)])
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Enter an e-mail address.")),
            Length(max=254),
            Regexp(ADDRESS, message=_l("This does not look like an e-mail address.")),
        ],
    )
    locale = SelectField(_l("Language"), choices=labelled(LOCALES))


class RolesForm(Form):
    """The roles a person holds."""

    roles = SelectMultipleField(
        _l("Roles"),
        choices=labelled(ROLE_LABELS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
