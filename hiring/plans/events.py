"""What the audit trail says about interview plans."""

from core.web.i18n import _l

EVENTS = {
    "hiring.plan.round_added": _l("A round was added to the interview plan"),
    "hiring.plan.round_changed": _l("A round of the interview plan was changed"),
    "hiring.plan.round_removed": _l("A round was taken out of the interview plan"),
    "hiring.plan.reordered": _l("The rounds of the interview plan were put in another order"),
}
