"""Exemptions as lines of a table, for an audit."""

from collections.abc import Iterable
from datetime import date, datetime

from core.people.models import Person
from core.web.i18n import _
from training.exemptions.labels import STATES
from training.exemptions.models import Exemption


def export_rows(exemptions: Iterable[Exemption]) -> list[list[str]]:
    """A head and one line for each exemption; days and instants in ISO form."""
    head = [
        _("Person"), _("Course code"), _("Course"), _("From"), _("Last day"), _("State"), _("Reason"), _("Why it has no end"), _("Evidence"),
        _("Asked by"), _("Asked on"), _("Approved by"), _("Approved on"), _("Refused by"), _("Revoked by"), _("Revoked on"), _("Answer"),
    ]  # fmt: skip
    return [head, *(_line(one) for one in exemptions)]


def _line(one: Exemption) -> list[str]:
    about = [one.person.name, one.course.code, one.course.title, one.valid_from.isoformat(), _day(one.last_day), str(STATES[one.state])]
    why = [one.reason, one.open_reason, one.file.sha256 if one.file else ""]
    asked = [_name(one.asked_by), _instant(one.recorded_at), _name(one.approved_by), _instant(one.approved_at)]
    return [*about, *why, *asked, _name(one.refused_by), _name(one.revoked_by), _instant(one.revoked_at), one.answer]


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _instant(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat(timespec="seconds")


def _name(person: Person | None) -> str:
    return "" if person is None else person.name
