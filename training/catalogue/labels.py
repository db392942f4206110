"""Words for what courses are made of."""

from typing import Any

from flask_babel import format_decimal

from core.web.i18n import _, _l
from training.catalogue.models import Counting, Course, CourseArea, CourseForm, Shown, VersionState

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
    VersionState.APPROVED: _l("Approved"),
    VersionState.IN_FORCE: _l("In force"),
    VersionState.SUPERSEDED: _l("Superseded"),
}
STATE_TONES: dict[VersionState, str] = {
    VersionState.DRAFT: "neutral",
    VersionState.IN_REVIEW: "warning",
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
LANGUAGES: dict[str, Any] = {"pt_BR": _l("Portuguese"), "en": _l("English")}


def hours(course: Course) -> str:
    """How long a course takes, as the viewer writes it."""
    return str(_("%(hours)s h", hours=format_decimal(course.hours)))
