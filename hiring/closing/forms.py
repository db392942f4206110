"""The form that answers everybody."""

from collections.abc import Sequence
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from hiring.applications.models import DeclineReason
from hiring.closing.actions import LONGEST_DAYS
from hiring.closing.queries import Group

NOT_HERE = (DeclineReason.KNOCK_OUT, DeclineReason.MISREPRESENTED, DeclineReason.OFFER_DECLINED)
REASONS = [reason for reason in DeclineReason if reason not in NOT_HERE]


class ClosingForm(Form):
    """When letters go out, and how many people the page showed. Reasons are fields of their own: see `outcomes_in`."""

    seen = IntegerField(validators=[InputRequired(), NumberRange(min=0)])
    days = SelectField(_l("Letters go out"), coerce=int, choices=[])
    note = TextAreaField(_l("Note for the team"), [Length(max=2000)])


DAYS = (0, 1, 2, 3, 7, LONGEST_DAYS)


def outcomes_in(typed: MultiDict[str, str], groups: Sequence[Group]) -> dict[UUID, DeclineReason]:
    """What was chosen, by public id of stages and people. What is not a reason counts as not chosen."""
    known = {reason.value: reason for reason in REASONS}
    keys = [key for group in groups for key in (group.stage.public_id, *(waiting.public_id for waiting in group.people))]
    return {key: known[typed[f"reason-{key}"]] for key in keys if typed.get(f"reason-{key}") in known}
