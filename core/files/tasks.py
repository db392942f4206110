"""Background work on files."""

from uuid import UUID

from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.files.extraction import Extracted, extract_text
from core.files.models import StoredFile, TextState
from core.files.storage import storage
from core.jobs.queue import task
from core.people.queries import find_company
from core.web.i18n import _, force_locale

TASK = "core.extract_text"


@task(TASK)
def read_text(*, file_id: str) -> None:
    """Read the text of a file that waits for it; a file that is gone or read already is left alone."""
    wanted = select(StoredFile.sha256, StoredFile.content_type, StoredFile.text_state).where(StoredFile.public_id == UUID(file_id))
    found = session.execute(wanted).one_or_none()
    if found is None or found.text_state is not TextState.WAITING:
        return
    company = find_company()
    language = "en" if company is None else company.locale
    session.rollback()  # reading takes seconds: hold no lock and no snapshot meanwhile
    with force_locale(language):
        try:
            extracted = extract_text(storage().get(found.sha256), found.content_type)
        except NotFound:
            extracted = Extracted(problem=_("The text could not be read: the file is missing from the storage. Ask for it again."))
    keep_text(UUID(file_id), extracted)


def keep_text(file_id: UUID, extracted: Extracted) -> None:
    """Write down what was read."""
    file = session.scalars(select(StoredFile).where(StoredFile.public_id == file_id).with_for_update()).one_or_none()
    if file is None:
        return
    file.text = extracted.text
    file.text_problem = extracted.problem
    file.page_count = extracted.page_count if file.page_count is None else file.page_count
    file.text_state = TextState.FAILED if extracted.problem else TextState.READY
