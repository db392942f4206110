"""The base of every form, and fields that are ours."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.fields.choices import SelectChoice

from core.errors import Invalid, Refusal
from core.web.i18n import _

TYPED = {"StringField", "PersonField", "TextAreaField", "EmailField", "TelField", "SearchField", "URLField"}
YEARS = range(1900, 2200)  # what lies outside is a slip of the hand, and cannot be moved to another time zone


class Form(FlaskForm):
    """A form with CSRF protection whose text fields come without stray white space, and whose days can be."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            filters = list(unbound_field.kwargs.get("filters", ()))
            if unbound_field.field_class.__name__ in {
                "StringField",
                "PersonField",
                "TextAreaField",
                "EmailField",
                "TelField",
                "SearchField",
                "URLField",
            }:
                filters.append(_tidy)
            field: Field = unbound_field.bind(form=form, filters=filters, **options)
            return field

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything typed can be taken."""
        sound: bool = super().validate(extra_validators)
        for field in self:
            if isinstance(field.data, date) and field.data.year not in YEARS:
                field.errors = [*field.errors, _("Please give a day between %(first)s and %(last)s.", first=YEARS[0], last=YEARS[-1])]
                sound = False
        return sound

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal of an action at the field it names, or above the form."""
        field = getattr(refusal, "field", None)
        if isinstance(refusal, Invalid) and field in self._fields:
            self._fields[field].errors = [*self._fields[field].errors, str(refusal.sentence)]
        else:
            self.form_errors.append(str(refusal.sentence))


class PersonField(StringField):
    """A colleague, typed: the component suggests names while one types. `core.people.choosing` says who is meant."""


def _tidy(value: object) -> object:
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\x00", "").strip()


def pairs(things: Iterable[Any], label: str = "name") -> list[SelectChoice]:
    """Choices for a select field from rows: public id and label."""
    return [SelectChoice(str(thing.public_id), getattr(thing, label)) for thing in things]


def labelled(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """Choices for a select field from values and their words."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]
