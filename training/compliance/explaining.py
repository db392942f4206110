"""Why each completion was or was not credited, and the five days of what is asked, in sentences."""

from datetime import date

from core.web.dates import day_text
from core.web.i18n import _
from training.compliance.credit import Credit, Verdict
from training.compliance.standing import Judgement
from training.compliance.terms import Clocks
from training.requirements.lines import RuleLine


def credit_words(credit: Credit, line: RuleLine, judged: Judgement) -> str:
    """What became of a completion under a rule, and why."""
    course = next((course.title for course in line.courses if course.id == credit.course_id), line.course_title)
    done = {"course": course, "day": _day(credit.day), "until": _day(credit.until), "since": _day(judged.since)}
    if credit.verdict is Verdict.OLD_VERSION:
        return str(_("%(course)s, %(day)s: of an earlier version, which counted until %(until)s.", **done))
    if credit.verdict is Verdict.TOO_OLD:
        days = line.fact.terms.look_back_days
        return str(_("%(course)s, %(day)s: not counted, for it is more than %(days)s days before %(since)s, when it was asked.", days=days, **done))
    if credit.verdict is Verdict.LAPSED:
        return str(_("%(course)s, %(day)s: not counted, for it was valid only until %(until)s, before it was asked on %(since)s.", **done))
    if credit.verdict is Verdict.OUT_OF_ORDER:
        return str(_("%(course)s, %(day)s: not counted, for a course that comes before it was not done yet.", **done))
    if credit.verdict is Verdict.STEP:
        return str(_("%(course)s, %(day)s: counts as a step of the curriculum.", **done))
    if credit.until is None:
        return str(_("%(course)s, %(day)s: counts, for good.", **done))
    return str(_("%(course)s, %(day)s: counts until %(until)s.", **done))


def clock_words(clocks: Clocks) -> list[tuple[str, str]]:
    """The five days of a cycle, each with its name."""
    found = [(_("Available from"), clocks.available_on), (_("Due on"), clocks.due_on)]
    if clocks.grace_until != clocks.due_on:
        found.append((_("Grace until"), clocks.grace_until))
    if clocks.access_until is not None:
        found.append((_("Can be done until"), clocks.access_until))
    if clocks.expires_on is not None:
        found.append((_("Valid until"), clocks.expires_on))
    return [(str(name), _day(day)) for name, day in found]


def _day(day: date | None) -> str:
    return day_text(day)
