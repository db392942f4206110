"""Pages of photos: one's own, and the picture itself for those who may see it."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound
from core.files.rules import PHOTO
from core.files.sending import send_stored_file
from core.people.queries import get_person
from core.people.rights import Right
from core.photos import actions, policy, queries
from core.photos.forms import PhotoForm
from core.web.access import access
from core.web.i18n import _
from core.web.pages import own_address, page
from core.web.uploads import takes_files

bp = Blueprint("photos", __name__, url_prefix="/photos")


@bp.route("/mine", methods=["GET", "POST"])
@access(Right.DO_OWN_TASKS)
@takes_files
def mine() -> ResponseReturnValue:
    """My photo: the one there is, and another."""
    form = PhotoForm()
    if form.validate_on_submit():
        try:
            actions.put_up_photo(g.person, form.file.data or None, by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your photo is up."), "success")
            return redirect(url_for(".mine"))
    return page("core/photos/mine.html", form=form, photo=queries.find_photo(g.person), rule=PHOTO)


@bp.route("/mine/remove", methods=["POST"])
@access(Right.DO_OWN_TASKS)
def remove_mine() -> ResponseReturnValue:
    """Take my photo away."""
    actions.remove_photo(g.person, by=g.person)
    flash(_("Your photo is gone."), "success")
    return redirect(url_for(".mine"))


@bp.route("/<uuid:person_id>")
@access(Right.DO_OWN_TASKS)
def show(person_id: UUID) -> ResponseReturnValue:
    """The photo of a person."""
    person = get_person(person_id)
    if not policy.can_see_photo(g.person, person):
        raise NotFound
    return send_stored_file(queries.get_photo(person).file, inline=True)


@bp.route("/<uuid:person_id>/remove", methods=["POST"])
@access(Right.CHANGE_EMPLOYMENT)
def remove(person_id: UUID) -> ResponseReturnValue:
    """Take a photo away that should not be up."""
    actions.remove_photo(get_person(person_id), by=g.person)
    flash(_("The photo is gone."), "success")
    return redirect(own_address(request.form.get("next"), otherwise=url_for(".mine")))
