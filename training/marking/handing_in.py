"""Files as answers: taken in while the exam is open, replaced until it is handed in."""

from collections.abc import Mapping

import structlog
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, WrongState
from core.files.erasing import erase_files
from core.files.store import store_upload
from core.people.models import Person
from core.web.i18n import _
from training.exams import policy
from training.exams.drawing import drawn_order
from training.exams.models import Attempt, Response
from training.exams.queries import get_attempt
from training.items.by_hand import file_rule
from training.items.models import Item, ItemKind
from training.regrading.queries import find_response

log = structlog.get_logger()
PREFIX = "upload-"


def keep_files(attempt: Attempt, sent: Mapping[str, FileStorage], *, by: Person) -> int:
    """Keep the files sent with a form, by the names of their fields. Returns how many; empty fields are none.

    Raises Invalid, with a sentence, for a file that is not taken or a question that is not asked, WrongState once the exam is over.
    """
    chosen = {name.removeprefix(PREFIX): upload for name, upload in sent.items() if name.startswith(PREFIX) and upload.filename}
    for item_id, upload in chosen.items():
        _keep_file(attempt, item_id, upload, by=by)
    return len(chosen)


def _keep_file(attempt: Attempt, item_id: str, upload: FileStorage, *, by: Person) -> None:
    attempt = _open_attempt(attempt, by=by)
    item = _item(attempt, item_id)
    file = store_upload(upload, accept=file_rule(item.file_kinds, item.file_megabytes), by=by, person=by)
    response = find_response(attempt, item)
    if response is None:
        response = Response(attempt_id=attempt.id, item_id=item.id, answer={}, sequence=0)
        session.add(response)
    before = response.answer.get("file")
    response.answer, response.saved_at = {"file": file.id}, now()
    session.flush()
    if before is not None:
        erase_files([before])
    record("training.file.handed_in", attempt, by=by, person=by, changes={"item": item.id, "sha256": file.sha256, "size": file.size})


def _open_attempt(attempt: Attempt, *, by: Person) -> Attempt:
    attempt = get_attempt(attempt.public_id, viewer=by, lock=True)
    if not attempt.is_open:
        raise WrongState(_("This exam has been handed in. Nothing in it changes any more."))
    if not policy.takes_answers(attempt, at=now()):
        log.warning("file after time", attempt=attempt.id, person=by.id)
        raise WrongState(_("Time is up. What you had saved before counts."))
    return attempt


def _item(attempt: Attempt, item_id: str) -> Item:
    asked = select(Item).where(Item.id.in_(drawn_order(attempt.drawn)), Item.kind == ItemKind.FILE).order_by(Item.id)
    found = next((item for item in session.scalars(asked) if str(item.public_id) == item_id), None)
    if found is None:
        log.warning("file for another exam", attempt=attempt.id)
        raise Invalid(_("A file was sent to a question that does not ask for one. Reload the page."))
    return found
