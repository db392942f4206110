"""The fields a form task asks for, as a template defines them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from core.errors import Invalid
from core.people.actions import one_line
from core.web.i18n import _

MOST_FIELDS, MOST_CHOICES = 20, 30


class FieldKind(StrEnum):
    """What is written into a field."""

    SHORT = "short"
    LONG = "long"
    ONE_OF = "one_of"
    YES_NO = "yes_no"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True)
class FormField:
    """One field of a form. A sensitive one is kept encrypted and shown to human resources alone."""

    key: str
    label: str
    kind: FieldKind = FieldKind.SHORT
    required: bool = True
    sensitive: bool = False
    choices: tuple[str, ...] = ()


def fields_from(rows: Iterable[dict[str, Any]]) -> list[FormField]:
    """The fields as a task keeps them."""
    return [FormField(row["key"], row["label"], FieldKind(row["kind"]), row["required"], row["sensitive"], tuple(row["choices"])) for row in rows]


def rows_from(fields: Sequence[FormField]) -> list[dict[str, Any]]:
    """What a task keeps of its fields. Raises Invalid, naming the field, for one that cannot be asked."""
    if not fields:
        raise Invalid(_("A form needs at least one field."), field="fields")
    if len(fields) > MOST_FIELDS:
        raise Invalid(_("A form has at most %(number)d fields. Make two tasks of it.", number=MOST_FIELDS), field="fields")
    checked = [_checked(field) for field in fields]
    for position, field in enumerate(checked):
        if any(other.key == field.key for other in checked[:position]):
            raise Invalid(_("Two fields are called “%(label)s”. Give each a name of its own.", label=field.label), field="fields")
    return [{**asdict(field), "kind": field.kind.value, "choices": list(field.choices)} for field in checked]


def _checked(field: FormField) -> FormField:
    label = one_line(field.label)[:120]
    if not label:
        raise Invalid(_("Every field of the form needs a name."), field="fields")
    choices = tuple(dict.fromkeys(choice for text in field.choices if (choice := one_line(text)[:120])))
    if field.kind is not FieldKind.ONE_OF:
        choices = ()
    elif not 2 <= len(choices) <= MOST_CHOICES:
        raise Invalid(_("“%(label)s” needs from 2 to %(most)d choices, one a line.", label=label, most=MOST_CHOICES), field="fields")
    return FormField(field.key, label, field.kind, field.required, field.sensitive, choices)
