"""The files of an application form: sent now, or held since an earlier try."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from flask import session

from core.errors import Invalid
from core.files.models import StoredFile
from core.files.pages import ask_for_pages
from core.files.rules import DOCUMENT, RESUME, FileRule
from core.files.store import store_upload
from core.web.i18n import _
from hiring.applications.answers import field_name, held_name
from hiring.applications.models import HeldResume
from hiring.applying.actions import find_held, hold_resume, release_resume
from hiring.applying.forms import ApplicationForm
from hiring.postings.models import Posting, QuestionKind


@dataclass
class ChosenFiles:
    """What each file field of a form has, by the name of the field; `fresh` came with this request."""

    fresh: dict[str, StoredFile] = field(default_factory=dict)
    held: dict[str, HeldResume] = field(default_factory=dict)

    @property
    def resume(self) -> StoredFile | None:
        """The résumé, if there is one."""
        return self.file("resume")

    def file(self, name: str) -> StoredFile | None:
        """The file of a field: the newest one."""
        found = self.fresh.get(name)
        return found if found is not None else self.held[name].file if name in self.held else None

    def answers(self, posting: Posting) -> dict[UUID, StoredFile]:
        """Files that answer questions, by the public id of the question."""
        found = {question.public_id: self.file(field_name(question)) for question in posting.questions if question.kind is QuestionKind.FILE}
        return {key: file for key, file in found.items() if file is not None}

    def keep_for_later(self, posting: Posting) -> bool:
        """Hold what came now for the next try; whether there was anything."""
        for name, file in self.fresh.items():
            self.held[name] = hold_resume(posting, file, holder=holder_secret())
        return bool(self.fresh)

    def release(self) -> None:
        """Let the references go: the application has the files."""
        for held in self.held.values():
            release_resume(held)


def holder_secret() -> str:
    """The secret in the visitor's session that held files are bound to."""
    return str(session.setdefault("apply_holder", secrets.token_urlsafe(24)))


def held_files(posting: Posting, form: ApplicationForm) -> ChosenFiles:
    """What is still held for a form that was left half filled in."""
    found = ChosenFiles()
    for name, reference, accept, _required in file_fields(posting):
        if form[reference].data:
            held = find_held(posting, form[reference].data, holder=session.get("apply_holder", ""), accept=accept)
            if held is not None:
                found.held[name] = held
    return found


def file_fields(posting: Posting) -> list[tuple[str, str, FileRule, bool]]:
    """Field, field of its reference, what it takes, and whether it has to be there."""
    asked = [question for question in posting.questions if question.kind is QuestionKind.FILE]
    return [("resume", "held_resume", RESUME, True), *((field_name(each), held_name(each), DOCUMENT, each.required) for each in asked)]


def chosen_files(posting: Posting, form: ApplicationForm) -> ChosenFiles:
    """Take in what was sent and find what is held. What is wrong or missing is said at its field."""
    found = ChosenFiles()
    for name, reference, accept, required in file_fields(posting):
        upload = form[name].data
        held = find_held(posting, form[reference].data or "", holder=session.get("apply_holder", ""), accept=accept)
        if held is not None:
            found.held[name] = held
        try:
            if upload is not None and upload.filename:
                found.fresh[name] = store_upload(upload, accept=accept, by=None, person=None, field=name)
                if accept is RESUME:
                    ask_for_pages(found.fresh[name])
            elif held is None and required:
                sentence = _("Please choose your résumé.") if name == "resume" else _("Please choose a file.")
                raise Invalid(sentence, field=name)
        except Invalid as refusal:
            form.refuse(refusal)
    return found


def hold_what_came(posting: Posting, form: ApplicationForm) -> tuple[ChosenFiles, list[str]]:
    """Hold the files of a form that is not sent yet, and what is wrong with them; only the résumé has to be there."""
    files = chosen_files(posting, form)
    files.keep_for_later(posting)
    sent = {name for name, *_rest in file_fields(posting) if name == "resume" or form[name].data}
    return files, [problem for name in sent for problem in form[name].errors]
