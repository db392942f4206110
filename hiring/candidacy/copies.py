"""A candidate's own copy of what is held: an archive with plain facts in JSON and the files they sent."""

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core.files.models import StoredFile
from core.files.store import read_content
from hiring.applications import consent
from hiring.applications.models import Application, Resubmission
from hiring.candidacy.journey import standing_of


def copy_of(application: Application) -> bytes:
    """The archive. Needs what `application_of_link` loads. What colleagues noted, and flags on answers, are not in it."""
    files = [application.resume, *(later.resume for later in application.resubmissions)]
    names = archive_names([file.name for file in files])
    return _archive(_facts(application, names), list(zip(names, files, strict=True)))


def archive_names(names: Sequence[str]) -> list[str]:
    """Names inside the archive: numbered, so that two files of one name both fit, and in no folder but `files`."""
    return [f"files/{place}-{name.replace('/', '_').replace(chr(92), '_')}" for place, name in enumerate(names, start=1)]


def _facts(application: Application, names: Sequence[str]) -> dict[str, Any]:
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
        "resume": names[0],
        "answers": [{"question": answer.question.text, "answer": answer.text} for answer in application.answers],
        "letter": application.cover_letter,
        "agreed": _agreed(application.consent_version) | {"at": application.consented_at.isoformat()},
        "later_versions": [_later(application, later, name) for later, name in zip(application.resubmissions, names[1:], strict=True)],
    }


def _later(application: Application, later: Resubmission, name: str) -> dict[str, Any]:
    given = [(question.text, later.answers.get(str(question.public_id), "")) for question in application.posting.questions]
    return {
        "received_at": later.received_at.isoformat(),
        "state": later.state.value,
        "name": later.name,
        "phone": later.phone,
        "resume": name,
        "answers": [{"question": question, "answer": answer} for question, answer in given],
        "letter": later.cover_letter,
        "agreed": _agreed(later.consent_version),
    }


def _agreed(version: str) -> dict[str, str]:
    return {"version": version, "text": str(consent.TEXTS.get(version, ""))}


def _archive(facts: dict[str, Any], files: Sequence[tuple[str, StoredFile]]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("application.json"), json.dumps(facts, ensure_ascii=False, indent=2), ZIP_DEFLATED)
        for name, file in files:
            archive.writestr(ZipInfo(name), read_content(file), ZIP_DEFLATED)
    return written.getvalue()
