"""Keeping a visitor's files while they correct something else in the form."""

import hashlib
from uuid import UUID

from core.clock import now
from core.db import session
from core.files.models import StoredFile
from core.files.rules import FileRule
from hiring.applications.models import HeldResume
from hiring.applications.queries import find_held_resume, held_before
from hiring.postings.models import Posting


def hash_holder(secret: str) -> str:
    """What is kept of the secret in the visitor's session."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hold_resume(posting: Posting, file: StoredFile, *, holder: str) -> HeldResume:
    """Keep a file for the form of this posting in the session that holds the secret."""
    held = HeldResume(posting_id=posting.id, file=file, holder_hash=hash_holder(holder), held_at=now())
    session.add(held)
    session.flush()
    return held


def find_held(posting: Posting, reference: str, *, holder: str, accept: FileRule) -> HeldResume | None:
    """What was held under this reference for this form and session, if the field takes such a file; None for anything else."""
    try:
        wanted = UUID(reference)
    except ValueError:
        return None
    held = find_held_resume(wanted, posting=posting, holder_hash=hash_holder(holder)) if holder else None
    return held if held is not None and held.file.content_type in accept.types else None


def release_resume(held: HeldResume) -> None:
    """Let a reference go once the application has the file."""
    session.delete(held)


def forget_held_resumes() -> int:
    """Let references older than a day go; returns how many."""
    old = held_before(now())
    for held in old:
        session.delete(held)
    return len(old)
