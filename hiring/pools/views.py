"""Pages of talent pools."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Conflict, Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications.queries import get_application
from hiring.pools import actions, queries
from hiring.pools.forms import MemberForm, PoolForm

bp = Blueprint("pools", __name__)


@bp.get("/talent-pools")
@access(Right.SEE_APPLICATIONS)
def index() -> ResponseReturnValue:
    """Every pool, and how many in it one may see."""
    return page("hiring/pools/index.html", pools=queries.pools(), counts=queries.counts(g.person))


@bp.route("/talent-pools/new", methods=["GET", "POST"])
@access(Right.SEE_APPLICATIONS)
def new() -> ResponseReturnValue:
    """Make a pool."""
    form, status = PoolForm(), None
    if form.validate_on_submit():
        try:
            pool = actions.make_pool(form.name.data or "", form.purpose.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.refuse(refusal)
            status = 409
        else:
            return redirect(url_for(".show", pool_id=pool.public_id))
    return page("hiring/pools/new.html", form=form, status=status)


@bp.get("/talent-pools/<uuid:pool_id>")
@access(Right.SEE_APPLICATIONS)
def show(pool_id: UUID) -> ResponseReturnValue:
    """One pool and those in it whom one may see."""
    pool = queries.get_pool(pool_id)
    return page("hiring/pools/show.html", pool=pool, members=queries.members_page(pool, g.person, number=wanted_page()))


@bp.route("/applications/<uuid:application_id>/talent-pools/add", methods=["GET", "POST"])
@access(Right.SEE_APPLICATIONS)
def add(application_id: UUID) -> ResponseReturnValue:
    """Put the candidate of an application into a pool."""
    application = get_application(application_id, viewer=g.person)
    known = {str(pool.public_id): pool for pool in queries.pools()}
    form = MemberForm()
    form.pool.choices = pairs(known.values())
    if form.validate_on_submit():
        try:
            actions.add_to_pool(known[form.pool.data], application, reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s is in the pool.", name=application.shown_name), "success")
            return redirect(url_for(".show", pool_id=form.pool.data))
    return page("hiring/pools/add.html", form=form, application=application, pools=known)


@bp.post("/talent-pools/<uuid:pool_id>/members/<uuid:member_id>/remove")
@access(Right.SEE_APPLICATIONS)
def remove(pool_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Take somebody out of a pool."""
    member = queries.get_member(member_id, queries.get_pool(pool_id), viewer=g.person)
    actions.remove_from_pool(member, by=g.person)
    flash(_("Taken out of the pool."), "success")
    return redirect(url_for(".show", pool_id=pool_id))
