"""Files of modules, handed out to who may see the version they belong to: PDF and its pages, video, pictures."""

from uuid import UUID

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound
from core.files.pages import read_page
from core.files.sending import send_picture, send_stored_file, stream_video
from core.people.rights import Right
from core.web.access import access
from training.catalogue.models import ModuleKind
from training.modules import queries

bp = Blueprint("module_files", __name__, url_prefix="/course-content")


@bp.get("/modules/<uuid:module_id>/file")
@access(Right.WORK)
def file(module_id: UUID) -> ResponseReturnValue:
    """The PDF to keep, or the video as the browser asks for it."""
    module = queries.get_module(module_id, viewer=g.person, on=today(g.person.time_zone))
    if module.file is None or module.file.erased_at is not None:
        raise NotFound
    if module.kind is ModuleKind.VIDEO:
        return stream_video(module.file, ranges=request.range)
    return send_stored_file(module.file)


@bp.get("/modules/<uuid:module_id>/pages/<int:number>")
@access(Right.WORK)
def sheet(module_id: UUID, number: int) -> ResponseReturnValue:
    """One page of a PDF, as a picture."""
    module = queries.get_module(module_id, viewer=g.person, on=today(g.person.time_zone))
    if module.file is None or module.kind is not ModuleKind.PDF:
        raise NotFound
    return send_picture(read_page(module.file, number))


@bp.get("/pictures/<uuid:picture_id>")
@access(Right.WORK)
def picture(picture_id: UUID) -> ResponseReturnValue:
    """A picture of a text."""
    found = queries.get_picture(picture_id, viewer=g.person, on=today(g.person.time_zone))
    return send_stored_file(found.file, inline=True)
