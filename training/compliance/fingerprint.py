"""The hash of a report: the same as long as it says the same of the same people, whatever they and the courses are called meanwhile. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from training.compliance.filtering import ComplianceFilter
from training.compliance.moment import Moment
from training.compliance.standing import Judgement, RuleFact, Standing

FROM_THE_BEGINNING = ("department", "role", "manager", "words")  # what else can be filtered by came later, and changes no hash of before


def fingerprint(rows: Iterable[tuple[UUID, Iterable[tuple[RuleFact, Judgement]]]], *, moment: Moment, wanted: ComplianceFilter) -> str:
    """SHA-256, in hexadecimal digits, of the lines `person rule revision state since due completed valid_until exempt_until`, sorted.

    A line about somebody on leave ends with the last day of it, if that is known.

    The first line holds the two days and the filter. Each line is JSON without spaces, each ends with a line feed.
    """
    lines = (judged_line(person, rule, judged) for person, cells in rows for rule, judged in cells if judged.state is not Standing.NOT_REQUIRED)
    return hash_of(lines, head=[moment.address, told_of(wanted)])


def told_of(wanted: ComplianceFilter) -> dict[str, str]:
    """What the first line says of the filter."""
    return {name: text for name, text in asdict(wanted).items() if text or name in FROM_THE_BEGINNING}


def judged_line(person: UUID, rule: RuleFact, judged: Judgement) -> str:
    """The line of one person and rule."""
    return _line([str(person), str(rule.lineage), rule.revision, judged.state.value, *_days(judged)])


def hash_of(lines: Iterable[str], *, head: object) -> str:
    """The hash of these lines, whatever their order, after a first one with what was asked."""
    found = hashlib.sha256(_line(head).encode())
    for line in sorted(lines):
        found.update(line.encode())
    return found.hexdigest()


def _days(judged: Judgement) -> list[str | None]:
    days: tuple[date | None, ...] = (judged.since, judged.due_on, judged.completed_on, judged.valid_until, judged.exempt_until)
    away = [] if judged.away_until is None else [f"away until {judged.away_until.isoformat()}"]  # reports without leaves keep their hash
    return [*(None if day is None else day.isoformat() for day in days), *away]


def _line(told: object) -> str:
    return json.dumps(told, separators=(",", ":"), sort_keys=True, ensure_ascii=True) + "\n"
