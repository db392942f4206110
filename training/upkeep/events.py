"""What the audit trail says about the upkeep of courses."""

from core.web.i18n import _l

EVENTS = {
    "training.course.handed_over": _l("A course was handed to another owner"),
    "training.course.archived": _l("A course was archived"),
    "training.course.restored": _l("A course was taken out of the archive"),
    "training.course.deleted": _l("A course was deleted; what was completed of it stays"),
}
