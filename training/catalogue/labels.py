"""Words for what courses are made of."""

from collections.abc import Sequence
from typing import Any

from flask_babel import format_decimal

from core.web.i18n import _, _l, ngettext
from training.catalogue.clauses import Clause
from training.catalogue.models import ChangeKind, Counting, Course, CourseArea, CourseForm, CourseVersion, Shown, UnderWay, VersionState

AREAS: dict[CourseArea, Any] = {
    CourseArea.PRODUCT: _l("Product knowledge"),
    CourseArea.COMPLIANCE: _l("Compliance"),
    CourseArea.CUSTOMER_SERVICE: _l("Customer service"),
    CourseArea.ETHICS: _l("Ethics"),
    CourseArea.SALES: _l("Sales process"),
    CourseArea.SECURITY: _l("Information security"),
    CourseArea.SYSTEMS: _l("Systems"),
}
FORMS: dict[CourseForm, Any] = {
    CourseForm.E_LEARNING: _l("E-learning"),
    CourseForm.CLASSROOM: _l("Classroom"),
    CourseForm.WORKSHOP: _l("Workshop"),
    CourseForm.PRACTICAL: _l("Practical"),
    CourseForm.EXTERNAL: _l("External"),
}
STATES: dict[VersionState, Any] = {
    VersionState.DRAFT: _l("Draft"),
    VersionState.IN_REVIEW: _l("Waiting for review"),
    VersionState.REVIEWED: _l("Reviewed, waiting for approval"),
    VersionState.APPROVED: _l("Approved"),
    VersionState.IN_FORCE: _l("In force"),
    VersionState.SUPERSEDED: _l("Superseded"),
}
STATE_TONES: dict[VersionState, str] = {
    VersionState.DRAFT: "neutral",
    VersionState.IN_REVIEW: "warning",
    VersionState.REVIEWED: "warning",
    VersionState.APPROVED: "info",
    VersionState.IN_FORCE: "success",
    VersionState.SUPERSEDED: "neutral",
}
COUNTING: dict[Counting, Any] = {
    Counting.BEST: _l("The best attempt"),
    Counting.LAST: _l("The last attempt"),
    Counting.FIRST: _l("The first attempt; more of them are practice"),
}
SHOWN: dict[Shown, Any] = {
    Shown.AT_ONCE: _l("Right after handing in"),
    Shown.PASSED: _l("Once the exam is passed"),
    Shown.CLOSED: _l("After the exam has closed for everybody"),
    Shown.NEVER: _l("Never"),
}
CHANGE_KINDS: dict[ChangeKind, Any] = {
    ChangeKind.EDIT: _l("An edit: those who completed an earlier version meet this one when they renew"),
    ChangeKind.REVISION: _l("A revision: those who completed an earlier version complete this one too"),
}
UNDER_WAY: dict[UnderWay, Any] = {
    UnderWay.FINISH: _l("They may finish the version they began"),
    UnderWay.START_OVER: _l("They start over with this version"),
}
LANGUAGES: dict[str, Any] = {"pt_BR": _l("Portuguese"), "en": _l("English")}


def hours(course: Course) -> str:
    """How long a course takes, as the viewer writes it."""
    return str(_("%(hours)s h", hours=format_decimal(course.hours)))


def meaning(version: CourseVersion) -> str:
    """What a version means for those who hold an earlier one, in a sentence."""
    days = ngettext("%(num)s day", "%(num)s days", version.transition_days)
    if version.change_kind is ChangeKind.REVISION:
        return str(_("Whoever holds an earlier version completes this one within %(days)s after it is in force.", days=days))
    return str(_("Whoever holds an earlier version needs no training on this one before they renew."))


def regulation_choices(clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    """What the catalogue can be narrowed to: each regulation as a whole, and below it its articles."""
    found: dict[str, str] = {}
    for clause in clauses:
        found.setdefault(clause.regulation, clause.regulation)
        found.setdefault(str(clause), str(clause))
    return list(found.items())
