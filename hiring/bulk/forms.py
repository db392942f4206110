"""The forms of bulk actions: who is chosen, and how it is done."""

from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from core.errors import Invalid, NotFound
from core.web.forms import Form, labelled
from core.web.i18n import _, _l
from hiring.applications.labels import DECLINE_REASONS
from hiring.applications.models import DeclineReason
from hiring.applications.policy import can_enter_by_hand
from hiring.bulk.actions import HOURS, Settings
from hiring.bulk.labels import in_hours
from hiring.bulk.models import Bulk, BulkKind
from hiring.messages.actions import LONGEST as LONGEST_MESSAGE
from hiring.postings.models import Stage
from hiring.tags.actions import LONGEST as LONGEST_TAG


class SettingsForm(Form):
    """How it is done. A page shows only the fields of its kind."""

    stage = SelectField(_l("Move to"), choices=[], validators=[Optional()])
    reason = SelectField(_l("Reason"), choices=[], validators=[Optional()])
    hours = SelectField(_l("The letter goes out"), coerce=int, choices=[], default=24, validators=[Optional()])
    note = TextAreaField(_l("Note for the team"), [Length(max=2000)])
    tag = StringField(_l("Tag"), [Length(max=LONGEST_TAG + 1)])
    message = TextAreaField(_l("Message"), [Length(max=LONGEST_MESSAGE)])

    def settings(self, stages: list[Stage]) -> Settings:
        """What was typed, with the stage that was chosen among these."""
        stage = next((each for each in stages if str(each.public_id) == self.stage.data), None)
        text = self.note.data or self.tag.data or self.message.data or ""
        return Settings(stage, DeclineReason(self.reason.data) if self.reason.data else None, self.hours.data or 0, text)

    def refuse_setting(self, refusal: Invalid, kind: BulkKind) -> None:
        """Show a refusal at the field of this kind that holds the text."""
        field = {BulkKind.DECLINE: "note", BulkKind.TAG: "tag", BulkKind.MESSAGE: "message"}.get(kind)
        self.refuse(Invalid(refusal.sentence, field=field) if refusal.field == "text" else refusal)


def settings_form(bulk: Bulk, stages: list[Stage]) -> SettingsForm:
    """The form as the bulk action is set up now. `stages` are those of its posting, none when there are several postings."""
    kept: dict[str, Any] = {}
    if bulk.is_set:
        kept = {"stage": str(bulk.stage.public_id) if bulk.stage else "", "reason": bulk.reason.value if bulk.reason else "", "hours": bulk.hours}
        kept |= dict.fromkeys(("note", "tag", "message"), bulk.text)
    form = SettingsForm(**kept)
    for field in (form.stage, form.reason, form.hours, form.tag, form.message):  # each stands on the page of its kind alone
        field.flags.required = True
    by_hand = [stage for stage in stages if can_enter_by_hand(stage.kind)]
    form.stage.choices = [SelectChoice("", _("Each to its next stage")), *(SelectChoice(str(each.public_id), each.name) for each in by_hand)]
    reasons = [choice for choice in labelled(DECLINE_REASONS) if choice.value != DeclineReason.KNOCK_OUT.value]
    form.reason.choices = [SelectChoice("", _("Choose a reason")), *reasons]
    form.hours.choices = [SelectChoice(hours, in_hours(hours)) for hours in HOURS]
    return form


def chosen_ids(sent: MultiDict[str, str]) -> list[UUID]:
    """The public ids of the applications that were ticked. Raises NotFound for what is none."""
    try:
        return [UUID(text) for text in sent.getlist("application")]
    except ValueError:
        raise NotFound from None


def chosen_kind(sent: MultiDict[str, str]) -> BulkKind:
    """What is to be done. Raises Invalid for what cannot be done."""
    kind = sent.get("kind", "")
    if kind not in set(BulkKind):
        raise Invalid(_("Choose what is to be done."))
    return BulkKind(kind)
