"""What both say of a session, between form and session."""

from typing import Any

from core.web.forms import Form
from onboarding.shadowing.forms import decision_form, log_form, sign_off_form
from onboarding.shadowing.holding import Seen, SignOff, Verdict
from onboarding.shadowing.models import Session

WORDS = {True: "yes", False: "no"}
TRUTHS = {"yes": True, "no": False}


def fill_log(session: Session, *, sent: bool = True) -> Form:
    """The form of a session's log with what is written already; `sent=False` when the request carries another form."""
    known: dict[str, Any] = {"version": str(session.log_version)}
    for row in session.observations:
        known[f"seen-{row.objective_id}"] = None if row.seen is None else WORDS[row.seen]
        known |= {f"{name}-{row.objective_id}": getattr(row, name) for name in ("happened", "learned", "question")}
    form_class = log_form([row.objective_id for row in session.observations])
    return form_class(data=known) if sent else form_class(formdata=None, data=known)


def log_of(form: Form, session: Session) -> dict[int, Seen]:
    """What the form says, by inner key of the objective."""
    return {row.objective_id: _seen(form, row.objective_id) for row in session.observations}


def version_of(form: Form) -> int | None:
    """The version of the log that was on the page."""
    said = form["version"].data or ""
    return int(said) if said.isdigit() else None


def _seen(form: Form, key: int) -> Seen:
    return Seen(
        seen=TRUTHS.get(form[f"seen-{key}"].data),
        happened=form[f"happened-{key}"].data or "",
        learned=form[f"learned-{key}"].data or "",
        question=form[f"question-{key}"].data or "",
    )


def is_reversed(session: Session) -> bool:
    """Whether the new hire did the work and the mentor watched."""
    return session.stage is not None and session.stage.is_reversed


def fill_sign_off(session: Session, *, sent: bool = True) -> Form:
    """The form of the mentor's word, each objective as the new hire answered it."""
    form_class = sign_off_form([row.objective_id for row in session.observations], with_rating=is_reversed(session))
    known = {f"mentor-{row.objective_id}": WORDS[row.seen] for row in session.observations if row.seen is not None and session.logged_at}
    return form_class(data=known) if sent else form_class(formdata=None, data=known)


def word_of(form: Form, session: Session) -> SignOff:
    """What the mentor says."""
    verdicts = {row.objective_id: _verdict(form, row.objective_id) for row in session.observations}
    return SignOff(feedback=form["feedback"].data or "", verdicts=verdicts)


def _verdict(form: Form, key: int) -> Verdict:
    rating = form[f"rating-{key}"].data if f"rating-{key}" in form else ""
    return Verdict(seen=TRUTHS.get(form[f"mentor-{key}"].data), note=form[f"note-{key}"].data or "", rating=int(rating) if rating else None)


def fill_decision(session: Session, *, sent: bool = True) -> Form:
    """The form for what holds where the two differ."""
    form_class = decision_form([row.objective_id for row in session.observations if row.differs])
    return form_class() if sent else form_class(formdata=None)


def decision_of(form: Form, session: Session) -> dict[int, bool]:
    """What holds, by inner key of the objective."""
    return {row.objective_id: TRUTHS[form[f"decided-{row.objective_id}"].data] for row in session.observations if row.differs}
