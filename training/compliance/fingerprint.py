"""The hash of a report: the same as long as it says the same of the same people, whatever they and the courses are called meanwhile. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from training.compliance.moment import Moment
from training.compliance.queries import ComplianceFilter
from training.compliance.standing import Judgement, RuleFact, Standing


def fingerprint(rows: Iterable[tuple[UUID, Iterable[tuple[RuleFact, Judgement]]]], *, moment: Moment, wanted: ComplianceFilter) -> str:
    """SHA-256, in hexadecimal digits, of the lines `person rule revision state since due completed valid_until exempt_until`, sorted.

    The first line holds the two days and the filter. Each line is JSON without spaces, each ends with a line feed.
    """
    lines = (judged_line(person, rule, judged) for person, cells in rows for rule, judged in cells if judged.state is not Standing.NOT_REQUIRED)
    return hash_of(lines, head=[moment.address, asdict(wanted)])


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
    return [None if day is None else day.isoformat() for day in days]


def _line(told: object) -> str:
    return json.dumps(told, separators=(",", ":"), sort_keys=True, ensure_ascii=True) + "\n"
