"""Signing the document of a task: the text as it was shown, a typed name, and a sealed PDF that anybody can check."""

import hashlib
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.documents.actions import keep_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.sealing import seal_pdf
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _, force_locale
from onboarding.checklists.actions import finish_task
from onboarding.checklists.locks import insist_unlocked
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.policy import can_sign
from onboarding.checklists.queries import hold_task
from onboarding.signatures.documents import SignedDocument, signed_document
from onboarding.signatures.letters import FIELDS, fill, used_fields
from onboarding.signatures.models import TaskSignature
from onboarding.signatures.queries import letter_values


def text_to_sign(task: Task) -> str:
    """The task's text with its merge fields filled in. Raises Invalid naming those that have no value yet."""
    values = letter_values(task)
    missing = [str(FIELDS[name]) for name in used_fields(task.letter) if not values[name]]
    if missing:
        raise Invalid(_("This cannot be signed yet. Missing: %(names)s.", names=", ".join(missing)))
    return fill(task.letter, values)


def hash_of(text: str) -> str:
    """What the text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def sign_document(task: Task, *, typed_name: str, sha256: str, by: Person) -> TaskSignature:
    """Sign the text with this hash, once. Raises Conflict when it is another by now, Invalid for another name."""
    hold_task(task)
    if not can_sign(by, task):
        if task.state is not TaskState.OPEN:
            raise WrongState(_("This document has been signed already, or is no longer to be signed."))
        raise NotAllowed(_("Only the new hire signs this document."))
    insist_unlocked(task)
    text = text_to_sign(task)
    if hash_of(text) != sha256:
        raise Conflict(_("The text has changed since you opened it. Please read it, then type your name again."))
    if one_line(typed_name).casefold() != one_line(by.name).casefold():
        raise Invalid(_("Type your name as it is written here: %(name)s.", name=by.name), field="typed_name")
    document = _keep(task, text, by)
    signature = TaskSignature(
        task_id=task.id, person_id=by.id, typed_name=one_line(typed_name), sha256=sha256, signed_at=document.issued_at, document_id=document.id
    )
    session.add(signature)
    session.flush()
    changes = {"sha256": sha256, "document": document.sha256}
    record("onboarding.task.signed", task, by=by, person=by, changes=changes, personal={"typed_name": signature.typed_name})
    finish_task(task, by=by)
    return signature


def _keep(task: Task, text: str, by: Person) -> IssuedDocument:
    """The sealed paper of what is signed now, kept under a code anybody can check."""
    signed_at, place, code = now(), task.checklist.employment.location, new_code()
    position = task.checklist.employment.job_role.name
    with force_locale(by.locale):
        local = format_datetime(signed_at.astimezone(ZoneInfo(place.time_zone)), "yyyy-MM-dd HH:mm:ss ZZZZZ", rebase=False)
        day = format_date(today(place.time_zone), "long")
        facts = {_("Position"): position, _("Signed on"): day}
    paper = SignedDocument(
        title=task.title,
        signer=by.name,
        position=position,
        place_and_day=f"{place.city or place.name}, {day}",
        body=text,
        signed_at=f"{local} ({signed_at:%Y-%m-%d %H:%M:%S} UTC)",
        sha256=hash_of(text),
        code=code,
        language=by.locale,
        dated=today(place.time_zone),
    )
    return keep_document(
        seal_pdf(signed_document(paper)),
        kind=DocumentKind.SIGNED_DOCUMENT,
        title=task.title,
        person=by,
        facts=facts,
        by=by,
        subject_id=task.public_id,
        code=code,
        language=by.locale,
    )
