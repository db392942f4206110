"""A candidate's own copy of what is held: an archive with plain facts in JSON and the files they sent."""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.files.models import StoredFile
from core.files.store import read_content
from hiring.applications.consents import text_agreed_to
from hiring.applications.models import Application, Resubmission
from hiring.candidacy.journey import standing_of
from hiring.messages.models import Message
from hiring.messages.queries import messages_on


def copy_of(application: Application) -> bytes:
    """The archive. Needs what `application_of_link` loads. What colleagues noted, and flags on answers, are not in it."""
    messages = messages_on(application)
    files = list({file.id: file for file in _files(application, messages)}.values())
    names = dict(zip((file.id for file in files), archive_names([file.name for file in files]), strict=True))
    return _archive(
        _facts(application, names) | {"messages": [_message(each, names) for each in messages]}, [(names[file.id], file) for file in files]
    )


def _files(application: Application, messages: Sequence[Message]) -> Iterator[StoredFile]:
    yield application.resume
    yield from (answer.file for answer in application.answers if answer.file is not None)
    for later in application.resubmissions:
        yield later.resume
        yield from (answer.file for answer in later.files)
    yield from (message.request.file for message in messages if message.from_candidate and message.request and message.request.file)


def archive_names(names: Sequence[str]) -> list[str]:
    """Names inside the archive: numbered, so that two files of one name both fit, and in no folder but `files`."""
    return [f"files/{place}-{name.replace('/', '_').replace(chr(92), '_')}" for place, name in enumerate(names, start=1)]


def _facts(application: Application, names: dict[int, str]) -> dict[str, Any]:
    person = application.candidate.person
    return {
        "position": application.posting.title,
        "applied_at": application.applied_at.isoformat(),
        "came_by": application.source,
        "standing": standing_of(application).headline,
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.locale,
        "time_zone": person.time_zone,
        "resume": names[application.resume.id],
        "answers": [_answer(answer.question.text, answer.text, answer.file, names) for answer in application.answers],
        "letter": application.cover_letter,
        "agreed": _agreed(application) | {"at": application.consented_at.isoformat()},
        "later_versions": [_later(application, later, names) for later in application.resubmissions],
    }


def _message(message: Message, names: dict[int, str]) -> dict[str, Any]:
    said = {"at": message.sent_at.isoformat(), "from": "candidate" if message.from_candidate else message.author.name, "text": message.text}
    if message.request is None:
        return said
    file = message.request.file if message.from_candidate else None
    return said | {"document": message.request.title} | ({} if file is None else {"file": names[file.id]})


def _answer(question: str, text: str, file: StoredFile | None, names: dict[int, str]) -> dict[str, Any]:
    return {"question": question, "answer": text} | ({} if file is None else {"file": names[file.id]})


def _later(application: Application, later: Resubmission, names: dict[int, str]) -> dict[str, Any]:
    files = {each.question_id: each.file for each in later.files}
    asked = application.posting.questions
    return {
        "received_at": later.received_at.isoformat(),
        "state": later.state.value,
        "name": later.name,
        "phone": later.phone,
        "resume": names[later.resume.id],
        "answers": [_answer(each.text, later.answers.get(str(each.public_id), ""), files.get(each.id), names) for each in asked],
        "letter": later.cover_letter,
        "agreed": _agreed(later),
    }


def _agreed(sent: Application | Resubmission) -> dict[str, str]:
    return {"version": sent.consent_version, "text": text_agreed_to(sent.consent_sha256, version=sent.consent_version)}


def _archive(facts: dict[str, Any], files: Sequence[tuple[str, StoredFile]]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("application.json"), json.dumps(facts, ensure_ascii=False, indent=2), ZIP_DEFLATED)
        for name, file in files:
            archive.writestr(ZipInfo(name), read_content(file), ZIP_DEFLATED)
    return written.getvalue()
