"""What the audit trail says about openings of exams."""

from core.web.i18n import _l

EVENTS = {
    "training.opening.planned": _l("It was said when an exam is open"),
    "training.opening.code_changed": _l("The access code of an exam was changed"),
    "training.opening.withdrawn": _l("An opening of an exam was taken back"),
    "training.opening.code_refused": _l("A wrong access code was typed"),
}
