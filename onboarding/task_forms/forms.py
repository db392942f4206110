"""The form a person fills in, made of the fields the template defines."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from core.web.forms import Form
from core.web.i18n import _, _l
from onboarding.choices import Marked, chosen_from
from onboarding.task_forms.fields import FieldKind, FormField


class AnswerForm(Form):
    """A form without fields of its own; they come from the task."""

    def answers(self) -> dict[str, str]:
        """What was written, by key of the field."""
        return {name.removeprefix("answer-"): _text(field.data) for name, field in self._fields.items() if name.startswith("answer-")}


def answer_form(fields: Sequence[FormField], known: Mapping[str, str], *, typed: bool = True) -> AnswerForm:
    """The form with what was typed, else with what is kept."""
    made = {f"answer-{field.key}": _field(field) for field in fields}
    given: dict[str, Any] = {"data": {f"answer-{key}": value for key, value in known.items()}}
    form_class = type("AnswerForm", (AnswerForm,), made)
    form: AnswerForm = form_class(**given) if typed else form_class(formdata=None, **given)
    return form


def _field(field: FormField) -> Any:
    marks = [Marked()] if field.required else [Optional()]
    if field.kind is FieldKind.LONG:
        return TextAreaField(field.label, validators=marks)
    if field.kind is FieldKind.ONE_OF:
        choices = chosen_from(((one, one) for one in field.choices), empty=_("Choose"))
        return SelectField(field.label, choices=choices, validators=marks, validate_choice=False)
    if field.kind is FieldKind.YES_NO:
        answers = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        return RadioField(field.label, choices=answers, validators=marks, validate_choice=False)
    if field.kind is FieldKind.DATE:
        return _Day(field.label, validators=marks)
    return StringField(field.label, validators=marks)


class _Day(DateField):
    """A day that stays text, so that what was kept is shown and the action says what is wrong."""

    def _value(self) -> str:
        return str(self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


def _text(value: object) -> str:
    return "" if value is None or value == "None" else str(value)
