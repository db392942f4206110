"""Forms by which a colleague decides about two candidates."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _, _l
from hiring.applications.models import Candidate
from hiring.merging.actions import CONTACT

CHOOSE = _l("Choose one of the two.")


class MergeForm(Form):
    """What the one candidate is called and reached at, and how it is known that they are one."""

    name = RadioField(_l("Name"), [InputRequired(CHOOSE)])
    email = RadioField(_l("E-mail"), [InputRequired(CHOOSE)])
    phone = RadioField(_l("Phone"))
    reason = TextAreaField(_l("How you know"), [InputRequired(_l("Say how you know that they are one person.")), Length(max=1000)])

    @property
    def contact(self) -> dict[str, str]:
        """What was chosen."""
        return {field: self[field].data or "" for field in CONTACT}


class ApartForm(Form):
    """Why two candidates are two persons."""

    why_not = TextAreaField(_l("Why not, if you want to say it"), [Length(max=1000)])


def merge_form(kept: Candidate, gone: Candidate) -> MergeForm:
    """The form with what each of the two told us; what came last is chosen unless the other works here."""
    newer = max(kept, gone, key=lambda each: each.id).person
    form = MergeForm(data={field: getattr(newer, field) or getattr(kept.person, field) or getattr(gone.person, field) for field in CONTACT})
    for field in CONTACT:
        told = list(dict.fromkeys(value for each in (kept, gone) if (value := getattr(each.person, field)) or field != "phone"))
        form[field].choices = [_choice(value) for value in told] or [_choice("")]
    return form


def _choice(value: Any) -> SelectChoice:
    return SelectChoice(value, value or _("none"))
