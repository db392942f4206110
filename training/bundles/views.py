"""Pages of bundles: asking for many certificates, how far it is, and the file."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Invalid
from core.files.sending import send_stored_file
from core.people.queries import departments
from core.people.rights import Right
from core.web.access import access
from core.web.pages import is_fragment_request, page
from core.web.paging import wanted_page
from training.bundles import actions, labels, queries
from training.bundles.forms import BundleRequestForm, FetchForm
from training.bundles.models import BundleForm, LineState
from training.catalogue.queries import courses_with_completions

bp = Blueprint("bundles", __name__, url_prefix="/certificate-bundles")


@bp.route("", methods=["GET", "POST"])
@access(Right.REVOKE_CERTIFICATES)
def index() -> ResponseReturnValue:
    """Asking for certificates of many people, and what was asked for before."""
    day = today(g.person.time_zone)
    form = BundleRequestForm(completed_from=day - timedelta(days=30), completed_to=day)
    courses, places = list(courses_with_completions()), list(departments())
    form.offer(courses, places)
    if form.validate_on_submit():
        try:
            if "count" not in request.form:
                bundle = actions.begin_bundle(form.wanted(courses, places), BundleForm(form.form.data), by=g.person)
                return redirect(url_for(".show", bundle_id=bundle.public_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _index(form, fitting=queries.count_fitting(form.wanted(courses, places)))
    return _index(form)


def _index(form: BundleRequestForm, fitting: queries.Fitting | None = None) -> Response:
    found = queries.bundles_page(number=wanted_page())
    tallies = queries.tallies(found.rows)
    return page("training/bundles/index.html", form=form, fitting=fitting, bundles=found, tallies=tallies, labels=labels)


@bp.route("/<uuid:bundle_id>")
@access(Right.REVOKE_CERTIFICATES)
def show(bundle_id: UUID) -> ResponseReturnValue:
    """How far it is, or what became of each certificate."""
    bundle = queries.get_bundle(bundle_id)
    asked = request.args.get("state", "")
    state = LineState(asked) if asked in set(LineState) else None
    return page(
        "training/bundles/show.html",
        form=FetchForm(),
        bundle=bundle,
        tally=queries.tallies([bundle])[bundle.id],
        lines=queries.lines_page(bundle, number=wanted_page(), state=state),
        state=state,
        labels=labels,
    )


@bp.route("/<uuid:bundle_id>/progress")
@access(Right.REVOKE_CERTIFICATES)
def progress(bundle_id: UUID) -> ResponseReturnValue:
    """How far it is: a part of its page."""
    bundle = queries.get_bundle(bundle_id)
    if not is_fragment_request():
        return redirect(url_for(".show", bundle_id=bundle_id))
    answer = page("training/bundles/progress.html", bundle=bundle, tally=queries.tallies([bundle])[bundle.id])
    if not bundle.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.route("/<uuid:bundle_id>/file", methods=["POST"])
@access(Right.REVOKE_CERTIFICATES)
def fetch(bundle_id: UUID) -> ResponseReturnValue:
    """The file; that it was fetched is kept."""
    bundle = queries.get_bundle(bundle_id)
    actions.note_fetched(bundle, by=g.person)
    assert bundle.file is not None
    return send_stored_file(bundle.file)
