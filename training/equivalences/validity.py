"""How long a certificate from elsewhere counts. Pure."""

from dataclasses import dataclass
from datetime import date

from training.compliance.expiry import last_valid_day
from training.equivalences.models import Validity


@dataclass(frozen=True)
class Terms:
    """The terms of a kind of certificate, and its employment link."""

    validity: Validity
    months: int | None = None
    needs_employment: bool = False
    months_without: int | None = None


@dataclass(frozen=True)
class Counts:
    """The last day on which it counts (None: for good), and the last for who left in between (None: it ends with the employment)."""

    until: date | None
    without: date | None = None


def counts_until(terms: Terms, *, issued_on: date, stated_until: date | None) -> Counts:
    """How long a certificate of these terms counts. It never counts longer than it says itself."""
    by_months = last_valid_day(issued_on, terms.months) if terms.validity is Validity.MONTHS and terms.months is not None else None
    until = _earlier(by_months, stated_until)
    if not terms.needs_employment or terms.months_without is None:
        return Counts(until)
    return Counts(until, _earlier(last_valid_day(issued_on, terms.months_without), until))


def _earlier(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return min(known) if known else None
