"""Words for standings, and the sentence that explains each."""

from dataclasses import replace
from typing import Any

from core.web.dates import day_text
from core.web.i18n import _, _l
from training.compliance.difference import Cause
from training.compliance.expiry import Recurrence, window_opens_on
from training.compliance.explaining import clock_words as clock_words
from training.compliance.explaining import credit_words as credit_words
from training.compliance.standing import OPEN, Judgement, Standing
from training.requirements.queries import RuleLine
from training.requirements.sentences import rule_sentence as rule_sentence

STANDINGS: dict[Standing, Any] = {
    Standing.OVERDUE: _l("Overdue"),
    Standing.EXPIRED: _l("Expired"),
    Standing.LOCKED: _l("Locked"),
    Standing.IN_GRACE: _l("In grace"),
    Standing.DUE_SOON: _l("Due soon"),
    Standing.EXPIRING: _l("Expiring"),
    Standing.IN_PROGRESS: _l("In progress"),
    Standing.NOT_STARTED: _l("Not started"),
    Standing.COMPLIANT: _l("Compliant"),
    Standing.EQUIVALENT: _l("Equivalent"),
    Standing.EXEMPT: _l("Exempt"),
    Standing.ON_LEAVE: _l("On leave"),
    Standing.NOT_REQUIRED: _l("Not required"),
}
TONES: dict[Standing, str] = {
    Standing.OVERDUE: "danger",
    Standing.EXPIRED: "danger",
    Standing.LOCKED: "danger",
    Standing.IN_GRACE: "warning",
    Standing.DUE_SOON: "warning",
    Standing.EXPIRING: "warning",
    Standing.IN_PROGRESS: "info",
    Standing.NOT_STARTED: "neutral",
    Standing.COMPLIANT: "success",
    Standing.EQUIVALENT: "success",
    Standing.EXEMPT: "accent",
    Standing.ON_LEAVE: "neutral",
    Standing.NOT_REQUIRED: "neutral",
}
ICONS: dict[Standing, str] = {
    Standing.OVERDUE: "exclamation-octagon",
    Standing.EXPIRED: "calendar-x",
    Standing.LOCKED: "lock",
    Standing.IN_GRACE: "hourglass",
    Standing.DUE_SOON: "hourglass-split",
    Standing.EXPIRING: "hourglass-bottom",
    Standing.IN_PROGRESS: "play-circle",
    Standing.NOT_STARTED: "circle",
    Standing.COMPLIANT: "check-circle",
    Standing.EQUIVALENT: "patch-check",
    Standing.EXEMPT: "shield-check",
    Standing.ON_LEAVE: "pause-circle",
    Standing.NOT_REQUIRED: "dash",
}
CAUSES: dict[Cause, Any] = {
    Cause.COMPLETED: _l("Completed"),
    Cause.WRITTEN_DOWN_LATER: _l("Completed before, but written down only since"),
    Cause.WITHDRAWN: _l("A completion no longer counts"),
    Cause.EXEMPTED: _l("Exempted"),
    Cause.EXEMPTION_ENDED: _l("The exemption ended"),
    Cause.ACCEPTED: _l("A certificate from elsewhere counts"),
    Cause.NO_LONGER_ACCEPTED: _l("A certificate from elsewhere no longer counts"),
    Cause.LEAVE_BEGAN: _l("A leave began"),
    Cause.LEAVE_ENDED: _l("Back from leave"),
    Cause.LEAVE_CORRECTED: _l("The days of a leave were corrected"),
    Cause.LOCKED: _l("The exam was locked after the last attempt"),
    Cause.UNLOCKED: _l("The exam was opened again"),
    Cause.JOINED: _l("Joined"),
    Cause.LEFT: _l("Left"),
    Cause.MOVED: _l("Moved to another job role"),
    Cause.NEW_VERSION: _l("A new version of the course is to be completed"),
    Cause.RULE_BEGAN: _l("The rule took effect"),
    Cause.RULE_ENDED: _l("The rule ended"),
    Cause.RULE_CHANGED: _l("The rule changed"),
    Cause.RAN_OUT: _l("Validity ran out"),
    Cause.FELL_DUE: _l("It fell due"),
    Cause.TIME_PASSED: _l("Time passed"),
}

RECURRENCES: dict[Recurrence, Any] = {
    Recurrence.COMPLETION: _l("The day of completion"),
    Recurrence.DUE_DATE: _l("The day it was due"),
    Recurrence.CALENDAR: _l("Calendar periods, the same for everybody"),
}


def why(line: RuleLine, judged: Judgement) -> str:
    """Why it is required of this person: the rule's number, whom it asks and since when."""
    if judged.since is None:
        return str(_("Rule %(number)s does not ask this of the person on that day.", number=line.fact.number))
    who = line.role or _("everybody")
    return str(_("Required because: rule %(number)s, %(who)s, since %(day)s.", number=line.fact.number, who=who, day=_day(judged.since)))


def explain(line: RuleLine, judged: Judgement) -> str:
    """Why the standing is what it is, in one sentence."""
    state = judged.state
    if state is Standing.NOT_REQUIRED:
        return str(_("Rule %(number)s does not ask this of the person on that day.", number=line.fact.number))
    if state is Standing.EXEMPT:
        if judged.exempt_until is None:
            return str(_("Exempt, without an end."))
        return str(_("Exempt until %(day)s.", day=_day(judged.exempt_until)))
    if state is Standing.ON_LEAVE:
        return _explain_leave(judged)
    if judged.locked_on is not None:
        return _explain_lock(line, judged)
    if state is Standing.EQUIVALENT:
        if judged.valid_until is None:
            return str(_("A certificate from elsewhere of %(done)s is accepted in its place.", done=_day(judged.completed_on)))
        return str(_("A certificate from elsewhere is accepted in its place, until %(until)s.", until=_day(judged.valid_until)))
    if judged.due_on is not None and judged.valid_until is not None and judged.due_on > judged.valid_until and state in OPEN:
        return str(_("Valid until %(until)s; after the leave it is due on %(day)s.", until=_day(judged.valid_until), day=_day(judged.due_on)))
    if judged.completed_on is not None:
        return _explain_completed(line, judged)
    if state is Standing.IN_GRACE and judged.due_on is not None:
        last = _day(line.fact.last_day_of_grace(judged.due_on))
        return str(_("It was due on %(day)s; the rule allows until %(last)s.", day=_day(judged.due_on), last=last))
    if state is Standing.OVERDUE:
        return str(_("It was due on %(day)s and has not been completed.", day=_day(judged.due_on)))
    if judged.started_on is not None:
        return str(_("Begun on %(begun)s, due on %(day)s, not yet completed.", begun=_day(judged.started_on), day=_day(judged.due_on)))
    return str(_("Due on %(day)s, not yet begun.", day=_day(judged.due_on)))


def _explain_leave(judged: Judgement) -> str:
    if judged.away_until is None:
        return str(_("On leave; the clock stands still until the return."))
    if judged.due_on is None:
        return str(_("On leave until %(day)s; the clock stands still.", day=_day(judged.away_until)))
    return str(_("On leave until %(day)s; after it, it is due on %(due)s.", day=_day(judged.away_until), due=_day(judged.due_on)))


def _explain_lock(line: RuleLine, judged: Judgement) -> str:
    locked = _(
        "The exam is locked since %(day)s: the last attempt was not passed, and trainers or compliance must grant another.",
        day=_day(judged.locked_on),
    )
    if judged.state is Standing.LOCKED:
        return str(_("%(locked)s It is due on %(due)s.", locked=locked, due=_day(judged.due_on)))
    return f"{explain(line, replace(judged, locked_on=None))} {locked}"


def _explain_completed(line: RuleLine, judged: Judgement) -> str:
    done = _day(judged.completed_on)
    if judged.valid_until is None:
        return str(_("Completed on %(done)s; it does not expire.", done=done))
    until = _day(judged.valid_until)
    if judged.ended_by_version:
        sentence = _(
            "Completed on %(done)s in an earlier version, which counts until %(until)s: complete the present version.", done=done, until=until
        )
        return str(sentence)
    if judged.state is Standing.IN_GRACE:
        last = _day(line.fact.last_day_of_grace(judged.valid_until))
        return str(_("Completed on %(done)s and valid until %(until)s; the rule allows renewing until %(last)s.", done=done, until=until, last=last))
    if judged.state is Standing.EXPIRED:
        return str(_("Completed on %(done)s and valid until %(until)s; it has not been renewed.", done=done, until=until))
    if judged.state is Standing.EXPIRING:
        return str(_("Completed on %(done)s, valid until %(until)s: it can be renewed now without losing a day.", done=done, until=until))
    opens = _day(window_opens_on(judged.valid_until, line.fact.window_days))
    return str(_("Completed on %(done)s, valid until %(until)s; renewing opens on %(opens)s.", done=done, until=until, opens=opens))


def _day(day: Any) -> str:
    return day_text(day)
