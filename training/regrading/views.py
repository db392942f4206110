"""Pages of regrading: correcting a key after seeing what changes, and the trace of what did."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.exams.labels import points
from training.items.models import Item
from training.regrading import actions, labels, queries
from training.regrading.forms import CorrectionForm
from training.regrading.labels import LINE_HINTS
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind

bp = Blueprint("regrading", __name__, url_prefix="/exam-corrections")


@bp.route("")
@access(Right.WRITE_COURSES)
def corrections() -> ResponseReturnValue:
    """Every correction of a key, newest first."""
    return page("training/regrading/corrections.html", corrections=queries.corrections_page(number=wanted_page()), labels=labels)


@bp.route("/<uuid:correction_id>")
@access(Right.WRITE_COURSES)
def show(correction_id: UUID) -> ResponseReturnValue:
    """One correction: what was wrong, what is right now, and every score it changed."""
    correction = queries.get_correction(correction_id)
    return page(
        "training/regrading/correction.html",
        correction=correction,
        regrades=queries.regrades_page(correction, number=wanted_page()),
        outcomes=queries.outcomes_of(correction),
        labels=labels,
        points=points,
    )


@bp.route("/items/<uuid:item_id>/correct", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
def correct(item_id: UUID) -> ResponseReturnValue:
    """Correct the key of an item: first what would change, then the correction itself."""
    item = queries.get_item(item_id, viewer=g.person)
    form, preview = CorrectionForm().fit(item), None
    if form.validate_on_submit():
        try:
            wanted, keeps_passed = _wanted(form, item), bool(form.keeps_passed.data)
            if form.confirm.data:
                made = actions.correct_key(item, wanted, keeps_passed=keeps_passed, reason=form.reason.data or "", by=g.person)
                flash(_("The correction is made. Attempts are being graded again."), "success")
                return redirect(url_for(".show", correction_id=made.public_id))
            preview = actions.foresee(item, wanted, keeps_passed=keeps_passed)
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            form.refuse(refusal)
    elif not form.is_submitted():
        form.show(item)
    return page("training/regrading/correct.html", form=form, item=item, preview=preview, labels=labels, points=points, hints=LINE_HINTS)


def _wanted(form: CorrectionForm, item: Item) -> Correction:
    typed = {name: form[name].data or "" if name in form else "" for name in ("number", "tolerance")}
    chosen = list(form.right.data or []) if "right" in form else []
    lines = [line or "" for line in form.lines.data] if "lines" in form else []
    return actions.wanted_key(item, kind=CorrectionKind(form.kind.data), right=chosen, lines=lines, **typed)
