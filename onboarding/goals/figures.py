"""Figures of goals: read from text, shown as text, and how far they are on the way. Pure."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from core.clock import today
from core.errors import Invalid
from core.web.i18n import _

LARGEST = 10**12  # hundredths
PLAIN = re.compile(r"[+-]?\d[\d., ]*")
MOST_LINES = 1000
DAYS = ("%Y-%m-%d", "%d/%m/%Y")


def hundredths(text: str) -> int:
    """A figure as people type it, with a comma or a point, in hundredths. Raises Invalid for anything else, formulas included."""
    tidy = text.strip().removesuffix("%").strip()
    if not PLAIN.fullmatch(tidy):
        raise Invalid(_("“%(text)s” is not a number.", text=text.strip()[:40]))
    tidy = tidy.replace(" ", "")
    if "," in tidy and "." in tidy:
        thousands = "." if tidy.rindex(",") > tidy.rindex(".") else ","
        tidy = tidy.replace(thousands, "")
    try:
        value = Decimal(tidy.replace(",", ".")) * 100
    except InvalidOperation:
        raise Invalid(_("“%(text)s” is not a number.", text=text.strip()[:40])) from None
    if value != value.to_integral_value():
        raise Invalid(_("“%(text)s” has more than two decimals.", text=text.strip()[:40]))
    if abs(value) > LARGEST:
        raise Invalid(_("“%(text)s” is too large.", text=text.strip()[:40]))
    return int(value)


def percent_reached(*, start: int | None, target: int, value: int | None, lower_is_better: bool) -> int:
    """How far from the start to the target, from 0 to 100. Without a start a low figure is measured against the target alone."""
    if value is None:
        return 0
    if start is not None and start != target:
        share = Decimal(value - start) / Decimal(target - start)
    elif lower_is_better:
        share = Decimal(1) if value <= target else Decimal(target) / Decimal(value)
    else:
        share = Decimal(1) if value >= target else (Decimal(value) / Decimal(target) if target > 0 else Decimal(0))
    return max(0, min(100, int(share * 100)))


@dataclass
class Parsed:
    """What a file of figures holds: days with figures, and lines that are refused, each with its number and why."""

    values: dict[date, int] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)


def parse_actuals(text: str, *, present: Collection[date]) -> Parsed:
    """Lines of day and figure, separated by a semicolon, a comma or a tab; a first line of words is skipped. A day has one figure."""
    found = Parsed()
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise Invalid(_("At most %(most)d lines at once.", most=MOST_LINES), field="text")
    for number, line in enumerate(lines, start=1):
        if not line.strip() or (number == 1 and not any(character.isdigit() for character in line)):
            continue
        try:
            on, value = _read_line(line)
            _insist_on_free_day(on, found, present)
        except Invalid as refusal:
            found.refused.append((number, str(refusal.sentence)))
        else:
            found.values[on] = value
    return found


def _insist_on_free_day(on: date, found: Parsed, present: Collection[date]) -> None:
    if on > today():
        raise Invalid(_("%(day)s is still to come.", day=on.isoformat()))
    if on in found.values:
        raise Invalid(_("%(day)s stands twice in this file.", day=on.isoformat()))
    if on in present:
        raise Invalid(_("There is a figure for %(day)s already.", day=on.isoformat()))


def _read_line(line: str) -> tuple[date, int]:
    separator = next((mark for mark in (";", "\t") if mark in line), ",")
    try:
        cells = next(csv.reader([line], delimiter=separator))
    except (csv.Error, StopIteration):
        raise Invalid(_("This line cannot be read.")) from None
    if separator == "," and len(cells) == 3:
        cells = [cells[0], f"{cells[1]},{cells[2]}"]  # a decimal comma
    if len(cells) != 2:
        raise Invalid(_("A line has a day and a figure."))
    return _read_day(cells[0]), hundredths(cells[1])


def _read_day(text: str) -> date:
    for shape in DAYS:
        try:
            day = datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if 1900 <= day.year < 2200:
            return day
    raise Invalid(_("“%(text)s” is not a day such as 2026-11-30.", text=text.strip()[:40]))
