"""Keeping what a visitor types into an application form, so that a reload or a lost connection costs nothing."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from core.clock import now
from core.db import session
from hiring.applications.answers import LONGEST, field_name, held_name
from hiring.applying.actions import hash_holder
from hiring.applying.models import ApplicationDraft
from hiring.postings.models import Posting, QuestionKind

KEPT_FOR = timedelta(days=1)  # like the files of such a form
FIELDS = {"name": 200, "email": 254, "phone": 40, "cover_letter": 10_000, "held_resume": 36}


def draft_of(posting: Posting, typed: MultiDict[str, str]) -> dict[str, Any]:
    """What may be kept of a form: its own fields, as long as they may be. Consent is never kept: it is given when sending."""
    kept: dict[str, Any] = {name: typed[name][:longest] for name, longest in FIELDS.items() if typed.get(name)}
    for question in posting.questions:
        name = held_name(question) if question.kind is QuestionKind.FILE else field_name(question)
        if not typed.get(name):
            continue
        if question.kind is QuestionKind.MANY_OF:
            kept[name] = [each for each in question.options if each in typed.getlist(name)]
        else:
            kept[name] = typed[name][: LONGEST[question.kind]]
    return kept


def find_draft(posting: Posting, *, holder: str) -> ApplicationDraft | None:
    """What the session that holds the secret has typed for this posting."""
    if not holder:
        return None
    query = select(ApplicationDraft).where(ApplicationDraft.posting_id == posting.id, ApplicationDraft.holder_hash == hash_holder(holder))
    return session.scalars(query.where(ApplicationDraft.saved_at > now() - KEPT_FOR)).one_or_none()


def keep_draft(posting: Posting, fields: dict[str, Any], *, holder: str) -> None:
    """Keep what is typed in place of what was before. Two requests at once leave one draft."""
    query = select(ApplicationDraft).where(ApplicationDraft.posting_id == posting.id, ApplicationDraft.holder_hash == hash_holder(holder))
    draft = session.scalars(query).one_or_none()
    if draft is not None:
        draft.fields, draft.saved_at = fields, now()
        return
    try:
        with session.begin_nested():
            session.add(ApplicationDraft(posting_id=posting.id, holder_hash=hash_holder(holder), fields=fields, saved_at=now()))
    except IntegrityError:
        draft = session.scalars(query).one()
        draft.fields, draft.saved_at = fields, now()


def forget_draft(posting: Posting, *, holder: str) -> None:
    """Let go of what was typed: it was sent, or the visitor wants to start afresh."""
    if holder:
        session.execute(
            delete(ApplicationDraft).where(ApplicationDraft.posting_id == posting.id, ApplicationDraft.holder_hash == hash_holder(holder))
        )


def forget_old_drafts() -> None:
    """Let go of what was typed more than a day ago."""
    session.execute(delete(ApplicationDraft).where(ApplicationDraft.saved_at <= now() - KEPT_FOR))
