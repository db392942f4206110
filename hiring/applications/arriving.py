"""How applications arrive: the first from an address starts one, a later one is kept beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Gone, Invalid
from core.files.erasing import erase_files
from core.files.models import StoredFile
from core.people.actions import add_person, one_line
from core.web.i18n import _
from hiring.applications import consent, mails
from hiring.applications.answers import checked_answers, knocks_out
from hiring.applications.consents import keep_text
from hiring.applications.knock_outs import follow_knock_out
from hiring.applications.models import (
    Answer,
    Application,
    ApplicationMove,
    ApplicationState,
    Candidate,
    Resubmission,
    ResubmissionFile,
    ResubmissionState,
)
from hiring.applications.queries import files_in_use, find_application, newest_resubmission, superseded_resubmissions, waiting_resubmissions
from hiring.postings.models import Posting, Question
from hiring.postings.queries import first_stage, lock_posting
from hiring.referrals.actions import note_referral
from hiring.search.asking import ask_for_index

SUPERSEDED_KEPT = 10  # later applications of one candidate that another took the place of; whatever is older goes
QUIET = timedelta(minutes=10)  # between two mails about resubmissions, so that nobody floods an address


@dataclass(frozen=True)
class Submission:
    """What a visitor sent, apart from the résumé. `answers` maps public ids of questions to text, `files` to what answers by a file."""

    name: str
    email: str
    consent_version: str
    phone: str = ""
    cover_letter: str = ""
    answers: Mapping[UUID, str] = field(default_factory=dict)
    files: Mapping[UUID, StoredFile] = field(default_factory=dict)
    key: str = ""
    locale: str = "pt_BR"
    source: str = "careers"
    referral: str = ""  # the word of a colleague's link


def apply(posting: Posting, *, submission: Submission, resume: StoredFile) -> Application:
    """Take an application to an open posting whose `questions` are loaded, or keep it beside the first from the same address.

    Returns the first application either way, so that the caller cannot tell. Raises Gone when the posting takes none any
    more, Invalid when something is missing.
    """
    questions = list(posting.questions)
    posting = lock_posting(posting)
    if not posting.takes_applications:
        raise Gone(_("This position does not take applications any more. Nothing you sent was kept."))
    answers = checked_answers(questions, submission.answers, submission.files)
    if submission.consent_version not in consent.TEXTS:
        raise Invalid(_("Please agree, or we may not keep your application."), field="consent")
    first = find_application(posting, submission.email.strip().casefold())
    if first is not None:
        _keep_beside(first, submission, answers, resume)
        return first
    return _arrive(posting, submission, answers, resume)


def _arrive(posting: Posting, submission: Submission, answers: list[tuple[Question, str]], resume: StoredFile) -> Application:
    candidate = _candidate(submission, time_zone=posting.location.time_zone)
    stage = first_stage(posting)
    at = now()
    application = Application(
        posting=posting,
        candidate=candidate,
        email=candidate.email,
        stage=stage,
        state=ApplicationState.ACTIVE,
        stage_since=at,
        applied_at=at,
        source=one_line(submission.source)[:40] or "careers",
        resume=resume,
        cover_letter=submission.cover_letter,
        consent_version=submission.consent_version,
        consent_sha256=keep_text(submission.consent_version, language=submission.locale),
        consented_at=at,
        decline_reason=None,
        knocked_out=any(knocks_out(question, text) for question, text in answers),
        names_hidden=stage.is_blind,
        position=at.timestamp(),
        submission_key=submission.key,
    )
    application.answers = [
        Answer(question=question, text=text, knocks_out=knocks_out(question, text), file=submission.files.get(question.public_id))
        for question, text in answers
    ]
    session.add(application)
    session.flush()
    person = candidate.person
    for file in (resume, *submission.files.values()):
        file.person_id = person.id
    session.add(ApplicationMove(application_id=application.id, to_stage_id=stage.id, to_state=ApplicationState.ACTIVE, at=at, by_id=person.id))
    changes = {"posting": posting.id, "resume": resume.id, "consent": submission.consent_version, "knocked_out": application.knocked_out}
    record("hiring.application.received", application, by=None, person=person, changes=changes)
    if submission.referral:
        note_referral(application, word=submission.referral)
    ask_for_index(application)
    mails.application_received(application)
    return follow_knock_out(application)


def _candidate(submission: Submission, *, time_zone: str) -> Candidate:
    email = submission.email.strip()
    phone = one_line(submission.phone)
    person = add_person(name=submission.name, email=email, by=None, phone=phone, locale=submission.locale, time_zone=time_zone)
    return Candidate(person=person, email=email.casefold())


def _keep_beside(first: Application, submission: Submission, answers: list[tuple[Question, str]], resume: StoredFile) -> None:
    newest = newest_resubmission(first)
    if submission.key and submission.key in (first.submission_key, newest.submission_key if newest else ""):
        return  # the same form sent twice
    for earlier in waiting_resubmissions(first):
        earlier.state, earlier.decided_at = ResubmissionState.DISCARDED, now()
    kept = Resubmission(
        application_id=first.id,
        name=one_line(submission.name),
        phone=one_line(submission.phone),
        cover_letter=submission.cover_letter,
        answers={str(question.public_id): text for question, text in answers},
        resume=resume,
        consent_version=submission.consent_version,
        consent_sha256=keep_text(submission.consent_version, language=submission.locale),
        submission_key=submission.key,
        received_at=now(),
    )
    asked = {question.public_id: question for question, _text in answers}
    kept.files = [ResubmissionFile(question=asked[key], file=file) for key, file in submission.files.items() if key in asked]
    session.add(kept)
    person = first.candidate.person
    for file in (resume, *submission.files.values()):
        file.person_id = person.id
    session.flush()
    changes = {"resume": resume.id, **_let_go_of_the_oldest(first)}
    record("hiring.application.resubmitted", first, by=None, person=person, changes=changes)
    if newest is None or newest.received_at < now() - QUIET:
        mails.application_resubmitted(first, kept)


def _let_go_of_the_oldest(application: Application) -> dict[str, list[int]]:
    """Erase what was superseded long ago, so that nobody fills the storage with one application; the résumés that went, if any."""
    gone = superseded_resubmissions(application, beyond=SUPERSEDED_KEPT)
    files = {file_id for each in gone for file_id in (each.resume_id, *(file.file_id for file in each.files))}
    for each in gone:
        session.delete(each)
    session.flush()
    if files:
        erase_files(files - files_in_use(application))
    return {"let_go": [each.resume_id for each in gone]} if gone else {}
