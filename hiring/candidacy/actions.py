"""What candidates do with their own application, by the private link they got."""

from uuid import UUID

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotFound, WrongState
from core.people.actions import one_line
from core.web.i18n import _
from hiring.applications import mails
from hiring.applications.answers import knocks_out
from hiring.applications.knock_outs import weigh_again
from hiring.applications.models import Answer, Application, Resubmission, ResubmissionState
from hiring.applications.policy import is_open_for_candidate
from hiring.applications.queries import applications_from, lock_application
from hiring.merging.queries import newest_applications, reached_once_at
from hiring.search.asking import ask_for_index


def correct_contact(application: Application, *, name: str, email: str, phone: str) -> None:
    """Change name, address and phone of the application's candidate. The address used so far is told."""
    application = lock_application(application)
    if not is_open_for_candidate(application):
        raise WrongState(_("This application has been decided. Write to us if something about you is wrong."))
    person = application.candidate.person
    wanted = {"name": one_line(name), "email": email.strip(), "phone": one_line(phone)}
    if not wanted["name"]:
        raise Invalid(_("Please tell us your name."), field="name")
    changed = {field: value for field, value in wanted.items() if getattr(person, field) != value}
    if not changed:
        return
    if "email" in changed:
        mails.contact_changed(application)
    for field, value in changed.items():
        setattr(person, field, value)
    application.candidate.email = wanted["email"].casefold()
    session.flush()
    record("hiring.application.contact_corrected", application, by=person, person=person, personal=changed)
    ask_for_index(*newest_applications([application.candidate_id])[application.candidate_id])


def decide_on_resubmission(application: Application, resubmission_id: UUID, *, use: bool) -> None:
    """Let the newer version take the first one's place, or discard it. Questions and answers load with the application."""
    application = lock_application(application)
    waiting = _waiting(application, resubmission_id)
    person = application.candidate.person
    if use and not is_open_for_candidate(application):
        raise WrongState(_("This application has been decided, so it cannot be replaced any more."))
    waiting.state = ResubmissionState.USED if use else ResubmissionState.DISCARDED
    waiting.decided_at = now()
    if use:
        before = application.resume_id
        _take_over(application, waiting)
        record("hiring.application.replaced", application, by=person, person=person, changes={"resume": [before, application.resume_id]})
        session.flush()
        application.word_match = None  # of what was sent before
        weigh_again(application, reason=_("The candidate sent other answers."))
        ask_for_index(*newest_applications([application.candidate_id])[application.candidate_id])
    else:
        record("hiring.application.resubmission_discarded", application, by=person, person=person, changes={"resume": waiting.resume_id})
    session.flush()


def _waiting(application: Application, resubmission_id: UUID) -> Resubmission:
    for resubmission in application.resubmissions:
        if resubmission.public_id == resubmission_id:
            if resubmission.state is not ResubmissionState.WAITING:
                raise WrongState(_("You have chosen already."))
            return resubmission
    raise NotFound


def _take_over(application: Application, newer: Resubmission) -> None:
    person = application.candidate.person
    person.name, person.phone = newer.name, newer.phone
    application.resume = newer.resume
    application.cover_letter = newer.cover_letter
    application.consent_version, application.consented_at = newer.consent_version, newer.received_at
    application.consent_sha256 = newer.consent_sha256
    given = {answer.question_id: answer for answer in application.answers}
    files = {each.question_id: each.file for each in newer.files}
    for question in application.posting.questions:
        text = newer.answers.get(str(question.public_id), "")
        answer = given.get(question.id)
        if answer is None:
            answer = Answer(question=question)
            application.answers.append(answer)
        answer.text, answer.knocks_out, answer.file = text, knocks_out(question, text), files.get(question.id)
    application.knocked_out = any(answer.knocks_out for answer in application.answers)


def send_new_link(email: str) -> None:
    """Mail fresh private links to an address that applied; an unknown one gets nothing.

    Where two candidates were made one, the links go to the address they are reached at now.
    """
    address = email.strip().casefold()
    applications = applications_from(address)
    if applications:
        mails.new_link(applications[0].candidate.person, applications)
    for candidate in reached_once_at(address):
        if candidate.email != address and (moved := newest_applications([candidate.id])[candidate.id]):
            mails.new_link(candidate.person, moved)
