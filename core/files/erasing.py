"""Erasing files: rows stay for what points at them, names, texts, pictures and bytes go."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from core.clock import now
from core.db import session
from core.files.models import FilePage, StoredFile, TextState
from core.files.storage import storage
from core.jobs.queue import enqueue, task
from core.people.models import Person

TASK = "core.delete_bytes"


def erase_files_about(person: Person) -> int:
    """Erase every file about a person, and have a worker delete bytes that nothing else needs. Returns how many."""
    return erase_files(session.scalars(select(StoredFile.id).where(StoredFile.person_id == person.id)).all())


def erase_files(wanted: Collection[int]) -> int:
    """Erase the files with these ids as `erase_files_about` does; those erased before are left alone. Returns how many."""
    found = session.execute(select(StoredFile.id, StoredFile.sha256).where(StoredFile.id.in_(wanted), StoredFile.erased_at.is_(None))).all()
    keys = [row.id for row in found]
    pictures = session.scalars(select(FilePage.sha256).where(FilePage.file_id.in_(keys))).all()
    session.execute(delete(FilePage).where(FilePage.file_id.in_(keys)))
    gone = {"name": "-", "text": "", "text_problem": "", "text_state": TextState.NONE, "erased_at": now()}
    session.execute(update(StoredFile).where(StoredFile.id.in_(keys)).values(**gone))
    hashes = sorted({row.sha256 for row in found} | set(pictures))
    if hashes:
        enqueue(TASK, arguments={"hashes": hashes})
    return len(keys)


@task(TASK)
def delete_bytes(*, hashes: Collection[str]) -> None:
    """Delete bytes that no file and no page needs any more."""
    needed = set(session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes), StoredFile.erased_at.is_(None))))
    needed |= set(session.scalars(select(FilePage.sha256).where(FilePage.sha256.in_(hashes))))
    for sha256 in set(hashes) - needed:
        storage().delete(sha256)
