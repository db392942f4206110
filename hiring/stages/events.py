"""What the audit trail says about stages."""

from core.web.i18n import _l

EVENTS = {
    "hiring.stage.added": _l("A stage was added to the posting"),
    "hiring.stage.changed": _l("A stage of the posting was changed"),
    "hiring.stage.reordered": _l("The stages of the posting were put in another order"),
    "hiring.stage.removed": _l("A stage was removed from the posting"),
}
