"""What is done with messages: written by either side, settled, and documents asked for, handed in, no longer needed."""

from datetime import timedelta

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.models import StoredFile
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.messages import mails, policy
from hiring.messages.models import DocumentRequest, Message
from hiring.messages.queries import get_request, open_requests, sent_count, unanswered_on

LONGEST = 5000
A_DAY, IN_ALL = 20, 200  # messages of one candidate on one application
OPEN_REQUESTS = 10


def write_to_candidate(application: Application, text: str, *, by: Person) -> Message:
    """Answer a candidate, or begin to write. What they had sent is answered with it. Needs `posting.members` to be loaded."""
    _insist(application, by)
    message = _written(application, text, by=by, from_candidate=False)
    _settle(application)
    record("hiring.message.sent", message, by=by, person=application.candidate.person)
    mails.application_message(application)
    return message


def write_to_team(application: Application, text: str) -> Message:
    """Write as the candidate. Raises Invalid when there are too many already."""
    if sent_count(application, since=now() - timedelta(days=1)) >= A_DAY or sent_count(application) >= IN_ALL:
        raise Invalid(_("You have written a lot already. Please wait for an answer, or try again tomorrow."), field="text")
    first = not unanswered_on(application)
    message = _written(application, text, by=application.candidate.person, from_candidate=True)
    _tell_team(application, message, first=first)
    return message


def settle_messages(application: Application, *, by: Person) -> None:
    """Say that what the candidate sent needs no answer."""
    _insist(application, by)
    if _settle(application):
        record("hiring.message.settled", application, by=by, person=application.candidate.person)


def ask_for_document(application: Application, title: str, *, by: Person) -> DocumentRequest:
    """Ask a candidate for a document."""
    _insist(application, by)
    title = one_line(title)
    if not title:
        raise Invalid(_("Say which document you need."), field="title")
    if len(open_requests(application)) >= OPEN_REQUESTS:
        raise Invalid(_("At most %(count)s documents can be asked for at a time.", count=OPEN_REQUESTS), field="title")
    request = DocumentRequest(application_id=application.id, asked_by_id=by.id, title=title)
    session.add(request)
    session.flush()
    session.add(Message(application_id=application.id, author_id=by.id, from_candidate=False, request=request, sent_at=now()))
    session.flush()
    record("hiring.document.asked_for", request, by=by, person=application.candidate.person)
    mails.application_message(application)
    return request


def hand_in(request: DocumentRequest, file: StoredFile, *, application: Application) -> None:
    """Hand in a document that was asked for. It is done once: a second time is refused."""
    request = get_request(request.public_id, application=application, lock=True)
    if not request.is_open:
        raise WrongState(_("This document is not waited for any more."))
    person = application.candidate.person
    first = not unanswered_on(application)
    request.file, request.handed_in_at = file, now()
    file.person_id = person.id
    message = Message(application_id=application.id, author_id=person.id, from_candidate=True, request=request, sent_at=now())
    session.add(message)
    session.flush()
    record("hiring.document.handed_in", request, by=person, person=person, changes={"file": file.id})
    _tell_team(application, message, first=first)


def withdraw_request(request: DocumentRequest, *, application: Application, by: Person) -> None:
    """Say that a document is not needed any more."""
    _insist(application, by)
    request = get_request(request.public_id, application=application, lock=True)
    if not request.is_open:
        raise WrongState(_("This document is not waited for any more."))
    request.withdrawn_at = now()
    session.flush()
    record("hiring.document.not_needed", request, by=by, person=application.candidate.person)


def _written(application: Application, text: str, *, by: Person, from_candidate: bool) -> Message:
    text = text.strip()
    if not text:
        raise Invalid(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("A message has at most %(most)s characters.", most=LONGEST), field="text")
    message = Message(application_id=application.id, author_id=by.id, from_candidate=from_candidate, text=text, sent_at=now())
    session.add(message)
    session.flush()
    return message


def _tell_team(application: Application, message: Message, *, first: bool) -> None:
    """Tell the recruiter, once for all that waits: a flood of messages is one mail."""
    record("hiring.message.received", message, by=application.candidate.person, person=application.candidate.person)
    if first:
        mails.candidate_message(application)


def _settle(application: Application) -> int:
    waiting = unanswered_on(application)
    for message in waiting:
        message.settled_at = now()
    session.flush()
    return len(waiting)


def _insist(application: Application, by: Person) -> None:
    if not policy.can_answer(by, application.posting):
        raise NotAllowed(_("You do not write to candidates of this posting."))
