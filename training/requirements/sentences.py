"""What a rule asks, in one sentence."""

from datetime import date

from core.web.dates import day_text
from core.web.i18n import _, ngettext
from training.compliance.expiry import Recurrence
from training.compliance.terms import DueFrom
from training.requirements.lines import RuleLine


def rule_sentence(line: RuleLine) -> str:
    """What a rule asks, of whom, by when and how often."""
    asked = _asked(line)
    fact = line.fact
    if fact.valid_months is None:
        return str(_("%(asked)s, once.", asked=asked))
    months = ngettext("month", "%(num)s months", fact.valid_months)
    if fact.clock.recurrence is Recurrence.DUE_DATE:
        return str(_("%(asked)s, and again every %(months)s from the day it was due.", asked=asked, months=months))
    if fact.clock.calendar_from is not None:
        begun, count = _day(fact.clock.calendar_from), fact.valid_months
        return str(_("%(asked)s, and again in each period of %(count)s months from %(begun)s.", asked=asked, count=count, begun=begun))
    return str(_("%(asked)s, and again every %(months)s.", asked=asked, months=months))


def _asked(line: RuleLine) -> str:
    fact, course = line.fact, line.course_title
    days = ngettext("%(num)s day", "%(num)s days", fact.due_days)
    who = line.role or _("everybody")
    if fact.terms.due_from is DueFrom.FIXED_DAY:
        return str(_("%(course)s is due on %(day)s for %(who)s", course=course, day=_day(fact.terms.fixed_due_on), who=who))
    if fact.terms.due_from is DueFrom.JOINING:
        return str(_("%(course)s within %(days)s of joining, for %(who)s", course=course, days=days, who=who))
    if fact.terms.due_from is DueFrom.RULE:
        begun = _day(fact.since)
        return str(_("%(course)s within %(days)s of %(begun)s, for %(who)s", course=course, days=days, begun=begun, who=who))
    if fact.audience is not None:
        return str(_("%(course)s within %(days)s of being one of these: %(who)s", course=course, days=days, who=who))
    if line.role is None:
        return str(_("Everybody completes %(course)s within %(days)s of starting", course=course, days=days))
    return str(_("Every %(role)s completes %(course)s within %(days)s of starting in the role", role=line.role, course=course, days=days))


def _day(day: date | None) -> str:
    return day_text(day)
