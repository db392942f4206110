"""Pages of certificates from elsewhere: the list, handing one in, one of them, and what is decided about it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, Refusal
from core.files.rules import DOCUMENT
from core.files.sending import send_stored_file
from core.files.store import store_upload
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from core.web.uploads import takes_files
from training.equivalences import actions, labels, policy, queries
from training.equivalences.forms import HandInForm, ReasonForm
from training.equivalences.models import Equivalence, EquivalenceState

bp = Blueprint("equivalences", __name__, url_prefix="/outside-certificates")


@bp.route("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """Certificates from elsewhere: everybody's for those who see compliance, otherwise one's own and those one handed in."""
    asked = request.args.get("state", "")
    state = EquivalenceState(asked) if asked in set(EquivalenceState) else None
    words = request.args.get("words", "").strip()[:80]
    found = queries.equivalences_page(g.person, state=state, words=words, number=wanted_page())
    sees_all = policy.sees_all(g.person)
    return page("training/equivalences/index.html", equivalences=found, state=state, words=words, labels=labels, sees_all=sees_all)


def _holder(person_id: UUID) -> Person:
    person = get_person(person_id)
    if not policy.can_hand_in(g.person, person):
        raise NotFound
    return person


@bp.route("/people/<uuid:person_id>/hand-in", methods=["GET", "POST"])
@access(Right.WORK)
@takes_files
def hand_in(person_id: UUID) -> ResponseReturnValue:
    """Hand in a certificate of a person."""
    return _handing_in(HandInForm(), _holder(person_id))


@bp.route("/<uuid:equivalence_id>/correct", methods=["GET", "POST"])
@access(Right.WORK)
@takes_files
def correct(equivalence_id: UUID) -> ResponseReturnValue:
    """Hand in what an accepted certificate should have said; until that is accepted the other counts."""
    before = queries.get_equivalence(equivalence_id, viewer=g.person)
    holder = _holder(before.person.public_id)
    form = HandInForm(kind=str(before.kind.public_id), number=before.number, issued_on=before.issued_on, stated_until=before.stated_until)
    return _handing_in(form, holder, corrects=before)


def _handing_in(form: HandInForm, holder: Person, *, corrects: Equivalence | None = None) -> ResponseReturnValue:
    kinds = [corrects.kind] if corrects else queries.kinds()
    form.offer(kinds=kinds)
    if form.validate_on_submit():
        kind = next(one for one in kinds if str(one.public_id) == form.kind.data)
        try:
            actions.insist_on_sound(holder, kind, form.said(), corrects=corrects)
            file = store_upload(request.files.get("file"), accept=DOCUMENT, by=g.person, person=holder, field="file")
            made = actions.hand_in(holder, kind, form.said(), file=file, by=g.person, corrects=corrects)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
        else:
            flash(_("The certificate is handed in. It counts once a second person accepts it."), "success")
            return redirect(url_for(".show", equivalence_id=made.public_id))
    return page("training/equivalences/hand_in.html", form=form, person=holder, corrects=corrects, accept=DOCUMENT, kinds=kinds)


@bp.route("/<uuid:equivalence_id>")
@access(Right.WORK)
def show(equivalence_id: UUID) -> ResponseReturnValue:
    """One certificate, and what can be done about it."""
    return _page(queries.get_equivalence(equivalence_id, viewer=g.person))


def _page(equivalence: Equivalence, *, refusing: ReasonForm | None = None, revoking: ReasonForm | None = None) -> ResponseReturnValue:
    return page(
        "training/equivalences/equivalence.html",
        form=refusing or revoking,
        equivalence=equivalence,
        refusing=refusing or ReasonForm(formdata=None, prefix="refuse"),
        revoking=revoking or ReasonForm(formdata=None, prefix="revoke"),
        decides=policy.decides(g.person),
        may_decide=policy.can_decide(g.person, equivalence),
        may_withdraw=policy.can_withdraw(g.person, equivalence),
        may_correct=policy.can_correct(g.person, equivalence),
        may_revoke=policy.can_revoke(g.person, equivalence),
        labels=labels,
    )


@bp.route("/<uuid:equivalence_id>/file")
@access(Right.WORK)
def file(equivalence_id: UUID) -> ResponseReturnValue:
    """The certificate itself."""
    return send_stored_file(queries.get_equivalence(equivalence_id, viewer=g.person).file, inline=True)


@bp.route("/<uuid:equivalence_id>/accept", methods=["POST"])
@access(Right.WRITE_RULES)
def accept(equivalence_id: UUID) -> ResponseReturnValue:
    """Accept it as the second person."""
    actions.accept(queries.get_equivalence(equivalence_id, viewer=g.person), by=g.person)
    flash(_("The certificate is accepted and counts from now on."), "success")
    return redirect(url_for(".show", equivalence_id=equivalence_id))


@bp.route("/<uuid:equivalence_id>/refuse", methods=["POST"])
@access(Right.WRITE_RULES)
def refuse(equivalence_id: UUID) -> ResponseReturnValue:
    """Refuse it as the second person."""
    equivalence, form = queries.get_equivalence(equivalence_id, viewer=g.person), ReasonForm(prefix="refuse")
    if not form.validate_on_submit():
        return _page(equivalence, refusing=form)
    actions.refuse(equivalence, reason=form.reason.data or "", by=g.person)
    flash(_("The certificate is refused."), "success")
    return redirect(url_for(".show", equivalence_id=equivalence_id))


@bp.route("/<uuid:equivalence_id>/withdraw", methods=["POST"])
@access(Right.WORK)
def withdraw(equivalence_id: UUID) -> ResponseReturnValue:
    """Take back what one handed in."""
    actions.withdraw(queries.get_equivalence(equivalence_id, viewer=g.person), by=g.person)
    flash(_("The certificate is taken back."), "success")
    return redirect(url_for(".show", equivalence_id=equivalence_id))


@bp.route("/<uuid:equivalence_id>/revoke", methods=["POST"])
@access(Right.WRITE_RULES)
def revoke(equivalence_id: UUID) -> ResponseReturnValue:
    """Say that it does not hold."""
    equivalence, form = queries.get_equivalence(equivalence_id, viewer=g.person), ReasonForm(prefix="revoke")
    if not form.validate_on_submit():
        return _page(equivalence, revoking=form)
    actions.revoke(equivalence, reason=form.reason.data or "", by=g.person)
    flash(_("The certificate is revoked. It no longer counts, on any day."), "success")
    return redirect(url_for(".show", equivalence_id=equivalence_id))
