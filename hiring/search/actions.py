"""Keeping the index: documents are written from applications as they stand now, so that doing it twice changes nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from core.clock import now
from core.db import session, transaction
from core.files.models import TextState
from hiring.applications.models import Answer, Application, Candidate, place_by_match
from hiring.blind.reading import readable
from hiring.merging.noticing import notice_the_same
from hiring.postings.models import Posting
from hiring.screening.matching import sent_by, synonyms_of, word_match
from hiring.search.language import Field
from hiring.search.models import SearchDocument
from hiring.search.queries import keys_after, missing, tags_by_candidate, unread
from hiring.search.tokens import document

AT_ONCE = 200


def index_applications(keys: Sequence[int]) -> int:
    """Write the documents of these applications, and notice whom their candidates may be. Returns how many documents changed."""
    applications = session.scalars(
        select(Application)
        .where(Application.id.in_(keys))
        .order_by(Application.id)
        .options(
            joinedload(Application.candidate).joinedload(Candidate.person),
            joinedload(Application.posting).selectinload(Posting.criteria),
            joinedload(Application.stage),
            joinedload(Application.resume),
            selectinload(Application.answers).joinedload(Answer.question),
        )
    ).all()
    tags = tags_by_candidate([application.candidate_id for application in applications])
    known = {one.application_id: one for one in session.scalars(select(SearchDocument).where(SearchDocument.application_id.in_(keys)))}
    due = [each for each in applications if each.word_match is None or each.id not in known or known[each.id].resume_read != _is_read(each)]
    _match(due)
    documents = []
    for application in applications:
        words = _tokens_of(application, tags.get(application.candidate_id, []))
        read = _is_read(application)
        before = known.get(application.id)
        if before is None or (before.words, before.resume_read) != (words, read):
            documents.append({"application_id": application.id, "words": words, "resume_read": read, "indexed_at": now()})
    if documents:
        _keep(documents)
    notice_the_same({application.candidate_id for application in applications})
    return len(documents)


def index_what_is_due(most: int = AT_ONCE) -> int:
    """Index what was indexed before its résumé was read, what never was, and what an upgrade asks for. Returns how many were looked at."""
    keys = [*unread(most), *missing(most)]
    if keys:
        index_applications(keys)
    return len(keys)


def index_all() -> int:
    """Index every application as it stands now, in transactions of its own. Returns how many changed."""
    last, changed = 0, 0
    while keys := keys_after(last, AT_ONCE):
        last = keys[-1]
        with transaction():
            changed += index_applications(keys)
        session.expunge_all()
    return changed


def _is_read(application: Application) -> bool:
    return application.resume.text_state is not TextState.WAITING


def _match(applications: Sequence[Application]) -> None:
    synonyms = synonyms_of({application.posting.job_role_id for application in applications})
    changed = []
    for application in applications:
        posting = application.posting
        named = synonyms.get(posting.job_role_id, ())
        found = word_match(sent_by(application), posting.criteria, language=posting.language, synonyms=named)
        place = place_by_match(found)
        if (found, place) != (application.word_match, application.match_place):
            changed.append({"key": application.id, "found": found, "place": place})
            set_committed_value(application, "word_match", found)
    if changed:  # not by the rows' versions: nobody who decides meanwhile is to be stopped by it
        found_for = update(Application).where(Application.id == bindparam("key"))
        session.connection().execute(found_for.values(word_match=bindparam("found"), match_place=bindparam("place")), changed)


def _tokens_of(application: Application, tags: list[str]) -> str:
    person, posting = application.candidate.person, application.posting
    answers = [answer.text for answer in application.answers if answer.text]
    return document(
        posting_key=posting.id,
        names=tags if application.names_hidden else [person.name, person.email, person.phone, *tags],
        sent=[readable(application, text) for text in (application.cover_letter, *answers, application.resume.text)],
        fields={
            Field.STAGE: [application.stage.name, application.stage.kind.value],
            Field.SOURCE: [application.source],
            Field.POSTING: [posting.title],
            Field.STATE: [application.state.value],
            Field.TAG: tags,
        },
    )


def _keep(documents: list[dict[str, Any]]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SearchDocument)
    fresh = {name: statement.excluded[name] for name in ("words", "resume_read", "indexed_at")}
    session.execute(statement.on_conflict_do_update(index_elements=["application_id"], set_=fresh), documents)
