"""Pages of compliance: people × requirements as of a day, its export, and the evidence for one person."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.people.queries import find_employment
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from training.accommodations.policy import can_accommodate
from training.catalogue.queries import get_version
from training.certificates.documents import percent
from training.certificates.labels import STATES as CERTIFICATE_STATES
from training.certificates.policy import can_revoke
from training.completions.labels import SOURCES
from training.compliance import labels, queries
from training.compliance.export import compliance_csv
from training.compliance.matrix import cells_of, columns_of, count
from training.compliance.queries import ComplianceFilter
from training.compliance.sight import look, look_at_page
from training.compliance.standing import Standing
from training.exams.actions import grant_attempt
from training.exams.forms import GrantForm
from training.exams.models import Attempt
from training.exams.policy import can_unlock
from training.exams.queries import attempts_of
from training.learning.overview import requirements_of
from training.requirements.policy import can_exempt
from training.requirements.queries import exemptions_of

bp = Blueprint("compliance", __name__, url_prefix="/compliance")


def _as_of() -> date:
    try:
        day = date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return today(g.person.time_zone)
    return min(max(day, date(1970, 1, 1)), date(2200, 1, 1))


def _wanted() -> tuple[ComplianceFilter, Standing | None]:
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("department", "role", "manager", "words")}
    state = request.args.get("state", "")
    return ComplianceFilter(**asked), Standing(state) if state in set(Standing) else None


@bp.route("")
@access(Right.SEE_TEAM_COMPLIANCE)
def matrix() -> ResponseReturnValue:
    """People × requirements as of a day."""
    day, (wanted, state) = _as_of(), _wanted()
    sight, shown = look_at_page(g.person, wanted, state=state, on=day, number=wanted_page())
    columns = columns_of(sight.lines)
    return page(
        "training/compliance/matrix.html",
        sight=sight,
        columns=columns,
        rows=[(sight.people[row.person_id], cells_of(row, columns, sight.lines)) for row in shown.rows],
        shown=shown,
        day=day,
        is_today=day == today(g.person.time_zone),
        wanted=wanted,
        state=state,
        choices=queries.filter_choices(g.person, on=day),
        labels=labels,
    )


@bp.route("/totals")
@access(Right.SEE_TEAM_COMPLIANCE)
def totals() -> ResponseReturnValue:
    """How many people and requirements stand how: everybody is judged, so the page of people does not wait for it."""
    day, (wanted, _state) = _as_of(), _wanted()
    found = count(look(g.person, wanted, state=None, on=day).rows)
    part = "Hx-Request" in request.headers
    template = "training/compliance/totals_part.html" if part else "training/compliance/totals.html"
    return page(template, totals=found, day=day, wanted=wanted, labels=labels, Standing=Standing)


@bp.route("/export.csv")
@access(Right.SEE_TEAM_COMPLIANCE)
def export() -> ResponseReturnValue:
    """The same people and requirements as CSV."""
    day, (wanted, state) = _as_of(), _wanted()
    text = compliance_csv(look(g.person, wanted, state=state, on=day), on=day)
    name = f"compliance-{day.isoformat()}.csv"
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.route("/people/<uuid:person_id>")
@access(Right.SEE_TEAM_COMPLIANCE)
def person(person_id: UUID) -> ResponseReturnValue:
    """The evidence for one person as of a day: each requirement, why, and what it was met by."""
    day = _as_of()
    found = queries.get_person_in_sight(person_id, viewer=g.person, on=day)
    return page(
        "training/compliance/person.html",
        person=found,
        day=day,
        is_today=day == today(g.person.time_zone),
        employment=find_employment(found, on=day),
        requirements=requirements_of(found, on=day),
        completions=queries.completions_for_evidence(found, on=day),
        attempts=attempts_of(found),
        exemptions=exemptions_of(found),
        labels=labels,
        sources=SOURCES,
        certificate_states=CERTIFICATE_STATES,
        score=_score,
        may_exempt=can_exempt(g.person, found),
        may_unlock=can_unlock(g.person, found),
        may_accommodate=can_accommodate(g.person, found),
        may_revoke=lambda certificate: can_revoke(g.person, certificate, holder_id=found.id),
    )


def _score(attempt: Attempt) -> str:
    return "–" if attempt.percent is None else percent(attempt.percent)


@bp.route("/people/<uuid:person_id>/attempts/<uuid:version_id>/grant", methods=["GET", "POST"])
@access(Right.SEE_COMPLIANCE)
def grant(person_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Grant a person one more attempt."""
    found = queries.get_person_in_sight(person_id, viewer=g.person, on=today(g.person.time_zone))
    version = get_version(version_id, viewer=g.person)
    form = GrantForm()
    if form.validate_on_submit():
        grant_attempt(found, version, reason=form.reason.data or "", by=g.person)
        flash(_("One more attempt is granted."), "success")
        return redirect(url_for(".person", person_id=found.public_id))
    return page("training/compliance/grant.html", form=form, person=found, version=version)
