"""Putting up a photo of oneself, and taking it away."""

from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotAllowed
from core.files.checks import check_content
from core.files.erasing import erase_files
from core.files.models import JPEG
from core.files.rules import PHOTO
from core.files.store import store_bytes
from core.people.models import Person
from core.people.rights import Right
from core.photos.drawing import square_of
from core.photos.models import Photo
from core.photos.queries import find_photo
from core.web.i18n import _


def put_up_photo(person: Person, upload: FileStorage | None, *, by: Person) -> Photo:
    """Show this photo of the person, in place of the one before. What was sent is not kept, only what is drawn from it.

    Raises Invalid for a file that is no photo, NotAllowed for somebody else's.
    """
    if by.id != person.id:
        raise NotAllowed(_("Everybody puts up their own photo."))
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a file first."), field="file")
    content = upload.stream.read(PHOTO.limit + 1)
    try:
        check_content(content, accept=PHOTO)
        square = square_of(content)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="file") from None
    file = store_bytes(square, name="photo.jpg", content_type=JPEG, by=by, person=person)
    photo = find_photo(person)
    if photo is None:
        photo = Photo(person_id=person.id, file_id=file.id)
        session.add(photo)
    else:
        before, photo.file_id = photo.file_id, file.id
        session.flush()
        erase_files([before])
    session.flush()
    record("core.photo.put_up", photo, by=by, person=person)
    return photo


def remove_photo(person: Person, *, by: Person) -> None:
    """Show no photo any more: its bytes are deleted. Human resources may do so for others. Twice changes nothing."""
    if by.id != person.id and not by.may(Right.CHANGE_EMPLOYMENT):
        raise NotAllowed(_("Only the person and human resources take a photo away."))
    photo = find_photo(person)
    if photo is None:
        return
    record("core.photo.removed", photo, by=by, person=person)
    session.delete(photo)
    session.flush()
    erase_files([photo.file_id])
