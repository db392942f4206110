"""Pages of the questions of a version."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, Refusal
from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.uploads import takes_files
from training.catalogue.policy import can_edit
from training.catalogue.queries import get_version, get_version_with_items
from training.exams.queries import question_alone
from training.items import actions
from training.items.forms import ItemForm
from training.items.media import Media, Sent, with_media
from training.items.queries import files_of, find_item
from training.regrading.labels import right_answers

bp = Blueprint("items", __name__, url_prefix="/course-versions")


@bp.route("/<uuid:version_id>/items/new", methods=["GET", "POST"], defaults={"item_id": None})
@bp.route("/<uuid:version_id>/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@access(Right.WRITE_COURSES)
@takes_files
def write(version_id: UUID, item_id: UUID | None) -> ResponseReturnValue:
    """Write a question of a draft."""
    version = get_version(version_id, viewer=g.person)
    found = None if item_id is None else find_item(version, item_id)
    form = ItemForm()
    if form.more.data:
        form.grow()
    elif form.validate_on_submit():
        try:
            actions.write_item(version, found, with_media(form.draft(), found, _sent(form), by=g.person), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is saved."), "success")
            return redirect(url_for("versions.show", version_id=version.public_id))
    elif not form.is_submitted() and found is not None:
        form.show(found)
    return page("training/items/item.html", form=form, version=version, item=found)


def _sent(form: ItemForm) -> dict[Media, Sent]:
    return {
        Media.PICTURE: Sent(form.picture.data or None, bool(form.drops_picture.data)),
        Media.SOUND: Sent(form.sound.data or None, bool(form.drops_sound.data)),
    }


@bp.route("/<uuid:version_id>/items/<uuid:item_id>/preview")
@access(Right.WORK)
def preview(version_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """A question as those who sit the exam see it."""
    version = get_version_with_items(version_id, viewer=g.person)
    item = find_item(version, item_id)
    return page(
        "training/items/preview.html",
        version=version,
        item=item,
        question=question_alone(item),
        right=right_answers(item),
        can_edit=can_edit(g.person, version),
    )


@bp.route("/<uuid:version_id>/items/<uuid:item_id>/<any(picture,sound):media>")
@access(Right.WORK)
def show_media(version_id: UUID, item_id: UUID, media: str) -> ResponseReturnValue:
    """The picture or sound of a question, for those who read versions."""
    item = find_item(get_version_with_items(version_id, viewer=g.person), item_id)
    key, files = getattr(item, f"{Media(media)}_id"), files_of([item])
    if key not in files:
        raise NotFound
    return send_stored_file(files[key], inline=True)


@bp.route("/<uuid:version_id>/items/<uuid:item_id>/drop", methods=["POST"])
@access(Right.WRITE_COURSES)
def drop(version_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Take a question out of a draft."""
    version = get_version(version_id, viewer=g.person)
    actions.drop_item(version, find_item(version, item_id), by=g.person)
    flash(_("The question is gone."), "success")
    return redirect(url_for("versions.show", version_id=version.public_id))
