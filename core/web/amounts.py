"""Amounts of money as people type them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import StringField, ValidationError

from core.web.i18n import _


class MoneyField(StringField):
    """An amount as people write it, `9500`, `9.500` or `9.500,50`; its data are minor units or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        whole, cents = divmod(int(self.data), 100)
        return f"{whole}" if cents == 0 else f"{whole}.{cents:02d}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = "".join(str(valuelist[0]).split()) if valuelist else ""
        self.data = None
        if text:
            self.data = _minor_units(text)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not 0 < self.data < 100_000_000_00:
            raise ValidationError(_("Write an amount above zero."))


def _minor_units(text: str) -> int:
    # the last separator is a decimal one when one or two digits follow it
    for separator in (",", "."):
        head, found, tail = text.rpartition(separator)
        if found and len(tail) in (1, 2) and tail.isdigit():
            text = head.replace(",", "").replace(".", "") + "." + tail
            break
    else:
        text = text.replace(",", "").replace(".", "")
    try:
        return int((Decimal(text) * 100).to_integral_value())
    except InvalidOperation:
        raise ValueError(_("Write an amount in figures, such as 9500.")) from None
