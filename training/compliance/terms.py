"""What a rule asks beyond a course and some days: several courses, from what days count, notice, access, and what counts of before. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Combination(StrEnum):
    """What must be completed."""

    COURSE = "course"
    ANY_OF = "any_of"  # one of several courses
    IN_ORDER = "in_order"  # all of them, each after the one before


class DueFrom(StrEnum):
    """From what day it is counted when something is due for the first time."""

    AUDIENCE = "audience"  # from the day somebody belongs to those asked, or the rule begins
    JOINING = "joining"  # from the first day of the employment
    RULE = "rule"  # from the first day of the rule
    FIXED_DAY = "fixed_day"


class VersionPolicy(StrEnum):
    """Whether a completion of an earlier version of a course goes on counting when another comes into force."""

    ANY = "any"
    WITHIN = "within"  # until so many days after
    CURRENT = "current"  # until the day before


@dataclass(frozen=True)
class RuleTerms:
    """How a rule counts; what it says by default is what rules said before they could say more."""

    combines: Combination = Combination.COURSE
    due_from: DueFrom = DueFrom.AUDIENCE
    fixed_due_on: date | None = None
    minimum_notice_days: int | None = None  # None: somebody may be late from the first day on
    opens_days: int | None = None  # so many days before it is due; None: at once
    access_days: int | None = None  # after grace, in which it can still be done; None: for ever
    look_back_days: int | None = None  # before it was asked, of which completions count; None: all that are still valid
    version_policy: VersionPolicy = VersionPolicy.ANY
    version_days: int = 30  # in which another version is to be completed


PLAIN = RuleTerms()


@dataclass(frozen=True)
class Retake:
    """From a day on completions of these versions (inner keys) of a course no longer count after another day."""

    from_on: date
    until: date
    older: frozenset[int]


@dataclass(frozen=True)
class Clocks:
    """The five days of one cycle, kept apart."""

    available_on: date
    due_on: date
    grace_until: date
    access_until: date | None  # None: it can be done for ever
    expires_on: date | None  # the last valid day of what was completed, if it has one


Retakes = Mapping[int, tuple[Retake, ...]]  # by course


def retake_after(version_day: date, terms: RuleTerms, *, decided: int | None = None) -> date | None:
    """The last day on which completions of earlier versions count once another is in force from a day on; None: for good.

    `decided` are the days the version itself gives; the shorter of both counts.
    """
    days = [] if decided is None else [decided]
    if terms.version_policy is VersionPolicy.WITHIN:
        days.append(terms.version_days)
    elif terms.version_policy is VersionPolicy.CURRENT:
        days.append((terms.minimum_notice_days or 0) - 1)
    return version_day + timedelta(days=min(days)) if days else None
