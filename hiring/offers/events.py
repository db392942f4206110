"""What the audit trail says about offers."""

from core.web.i18n import _l

EVENTS = {
    "hiring.offer_template.saved": _l("A letter template was saved"),
    "hiring.offer.drafted": _l("An offer was drafted"),
    "hiring.offer.changed": _l("The terms of an offer were changed"),
    "hiring.offer.moved": _l("An offer went from one state to another"),
    "hiring.offer.version_kept": _l("A version of an offer was put up for approval"),
    "hiring.offer.sealed": _l("The signed copy of an offer was sealed"),
    "hiring.offer.change_asked": _l("The candidate asked for other terms"),
    "hiring.offer.seen": _l("The candidate opened the offer for the first time"),
    "hiring.offer.reminded": _l("The candidate was reminded of the offer"),
    "hiring.offer.sent": _l("An offer was sent"),
    "hiring.offer.accepted": _l("An offer was accepted"),
    "hiring.offer.declined": _l("An offer was declined by the candidate"),
}
