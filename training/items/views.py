"""Pages of the questions of a version."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from training.catalogue.queries import get_version
from training.items import actions
from training.items.forms import ItemForm
from training.items.queries import find_item

bp = Blueprint("items", __name__, url_prefix="/course-versions")


@bp.route("/<uuid:version_id>/items/new", methods=["GET", "POST"], defaults={"item_id": None})
@bp.route("/<uuid:version_id>/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
def write(version_id: UUID, item_id: UUID | None) -> ResponseReturnValue:
    """Write a question of a draft."""
    version = get_version(version_id, viewer=g.person)
    found = None if item_id is None else find_item(version, item_id)
    form = ItemForm()
    if form.more.data:
        form.grow()
    elif form.validate_on_submit():
        try:
            actions.write_item(version, found, form.draft(), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is saved."), "success")
            return redirect(url_for("versions.show", version_id=version.public_id))
    elif not form.is_submitted() and found is not None:
        form.show(found)
    return page("training/items/item.html", form=form, version=version, item=found)


@bp.route("/<uuid:version_id>/items/<uuid:item_id>/drop", methods=["POST"])
@access(Right.WRITE_COURSES)
def drop(version_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Take a question out of a draft."""
    version = get_version(version_id, viewer=g.person)
    actions.drop_item(version, find_item(version, item_id), by=g.person)
    flash(_("The question is gone."), "success")
    return redirect(url_for("versions.show", version_id=version.public_id))
