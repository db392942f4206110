"""What the audit trail says about sessions."""

from core.web.i18n import _l

EVENTS = {
    "training.session.planned": _l("A session was planned"),
    "training.session.held": _l("A session was held, and who came was noted"),
    "training.session.cancelled": _l("A session was called off"),
    "training.session.moved": _l("A session was moved to another time"),
    "training.session.changed": _l("The seats or the cost of a session were changed"),
    "training.session.told": _l("Somebody who came said how a session was"),
    "training.seat.here": _l("The person said in the room that they are there"),
    "training.seat.enrolled": _l("The person was given a seat in a session"),
    "training.seat.waiting": _l("The person was put on the waiting list of a session"),
    "training.seat.withdrawn": _l("The person gave up a seat in a session"),
    "training.seat.attended": _l("The person came to a session"),
    "training.seat.no_show": _l("The person did not come to a session"),
}
