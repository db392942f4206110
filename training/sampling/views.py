"""Pages of samples: drawing one, its lines, checking each."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.auditing.sight import last_day_within
from training.compliance.labels import STANDINGS
from training.evidence.queries import choices
from training.sampling import actions, labels, queries
from training.sampling.forms import CheckForm, SampleForm
from training.sampling.models import Stratum, Verdict

bp = Blueprint("sampling", __name__, url_prefix="/audit-samples")


@bp.route("")
@access(Right.SEE_COMPLIANCE)
def samples() -> ResponseReturnValue:
    """The samples drawn so far."""
    shown = queries.samples_page(g.person, number=wanted_page())
    return page("training/sampling/samples.html", samples=shown, checked=queries.checked(shown.rows))


@bp.route("/new", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def draw() -> ResponseReturnValue:
    """Draw a sample."""
    day = today(g.person.time_zone)
    form = SampleForm(data={"on_day": last_day_within(g.person, day)})
    form.offer(choices(g.person, on=day))
    if form.validate_on_submit():
        told: dict[str, Any] = {
            "rule": form.rule.data or "",
            "regulation": form.regulation.data or "",
            "seed": form.seed.data or "",
            "named": form.named(),
        }
        days = {"on": form.on_day.data, "today": day}
        divided = Stratum(form.stratified_by.data)
        try:
            sample = actions.draw_sample(
                form.purpose.data or "", form.wanted(), size=form.size.data or 0, stratified_by=divided, **days, **told, by=g.person
            )
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal)
        else:
            return redirect(url_for(".show", sample_id=sample.public_id))
    return page("training/sampling/draw.html", form=form)


@bp.route("/<uuid:sample_id>")
@access(Right.SEE_COMPLIANCE)
def show(sample_id: UUID) -> ResponseReturnValue:
    """One sample: how it was drawn, and its lines."""
    sample = queries.get_sample(sample_id, viewer=g.person)
    lines = queries.lines_page(sample, number=wanted_page())
    words = {state.value: word for state, word in STANDINGS.items()}
    checked = queries.checked([sample]).get(sample.id, 0)
    return page("training/sampling/sample.html", sample=sample, lines=lines, labels=labels, words=words, checked=checked)


@bp.route("/<uuid:sample_id>/lines/<uuid:line_id>", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def check(sample_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Check one line, beside the way to its evidence."""
    sample = queries.get_sample(sample_id, viewer=g.person)
    line = queries.get_line(sample, line_id)
    form = CheckForm(data={"verdict": line.verdict, "note": line.note})
    if form.validate_on_submit():
        try:
            actions.check_line(line, Verdict(form.verdict.data), note=form.note.data or "", by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("It is written down."), "success")
            return redirect(url_for(".show", sample_id=sample.public_id))
    words = {state.value: word for state, word in STANDINGS.items()}
    return page("training/sampling/line.html", form=form, sample=sample, line=line, words=words)
