"""The observation log between form and session."""

from typing import Any

from core.web.forms import Form
from onboarding.shadowing.actions import Seen
from onboarding.shadowing.forms import log_form
from onboarding.shadowing.models import Session


def fill_log(session: Session, *, sent: bool = True) -> Form:
    """The form of a session's log with what is written already; `sent=False` when the request carries another form."""
    known: dict[str, Any] = {}
    for row in session.observations:
        known[f"seen-{row.objective_id}"] = None if row.seen is None else "yes" if row.seen else "no"
        known |= {f"{name}-{row.objective_id}": getattr(row, name) for name in ("happened", "learned", "question")}
    form_class = log_form([row.objective_id for row in session.observations])
    return form_class(data=known) if sent else form_class(formdata=None, data=known)


def log_of(form: Form, session: Session) -> dict[int, Seen]:
    """What the form says, by inner key of the objective."""
    return {row.objective_id: _seen(form, row.objective_id) for row in session.observations}


def _seen(form: Form, key: int) -> Seen:
    answer = form[f"seen-{key}"].data
    return Seen(
        seen={"yes": True, "no": False}.get(answer),
        happened=form[f"happened-{key}"].data or "",
        learned=form[f"learned-{key}"].data or "",
        question=form[f"question-{key}"].data or "",
    )
