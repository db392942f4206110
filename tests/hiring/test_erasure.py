"""A candidate has everything deleted: nothing that tells who it was is left in any table or file, and what has to stay stays."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, select
from time_machine import travel

from core.audit.verify import verify_trail
from core.clock import now
from core.db import db, session
from core.errors import NotFound
from core.files.models import StoredFile
from core.files.storage import storage
from core.mail.models import MailState, OutgoingMail
from core.people.queries import get_person
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import get_application
from hiring.erasure.actions import ask_for_erasure, call_back_erasure, erase_what_is_due
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.cards import Findings, keep_card
from hiring.interviews.models import InterviewKind
from hiring.interviews.queries import get_interview
from hiring.messages.actions import ask_for_document, hand_in, write_to_team
from hiring.notes.actions import write_note
from hiring.offers.answering import Signature, accept_offer, ask_for_change
from hiring.offers.models import Offer, OfferSignature, OfferState
from hiring.pools.actions import add_to_pool, make_pool
from hiring.postings.models import StageKind
from hiring.references.actions import note_reference
from hiring.screening.actions import give_mark
from hiring.screening.models import ScreeningMark
from hiring.screening.queries import criteria_of
from hiring.search.language import parse
from hiring.search.queries import search
from hiring.survey.actions import keep_response
from hiring.survey.questions import QUESTIONS
from hiring.tags.actions import tag_candidate
from tests.hiring.test_offers import Scene
from tests.situations import a_resume, an_application

NAME, EMAIL, PHONE = "Zuleica Quixadá", "zuleica.q@caixapostal.test", "+55 11 99977-0011"
WORD = "canaryzuleica"
TELLING = ("zuleica", "quixad", "caixapostal", "99977-0011", WORD)


def everything(scene):
    """An application in which every place that can hold something about somebody does."""
    posting = scene.application.posting
    applied = an_application(posting, name=NAME, email=EMAIL, cover_letter=WORD)
    an_application(posting, name=NAME, email=EMAIL, cover_letter=f"{WORD} again")
    applied.candidate.person.phone = PHONE
    applied.resume.name = f"{WORD}.pdf"
    session.flush()
    recruiter = get_person(scene.recruiter.public_id)
    application = get_application(applied.public_id, viewer=recruiter)
    scene.application, scene.recruiter = application, recruiter
    write_to_team(application, WORD)
    write_note(application, WORD, by=recruiter)
    note_reference(application, referee=WORD, relation=WORD, text=WORD, by=recruiter)
    paper = a_resume(WORD)
    paper.name, paper.person_id = f"{WORD}.pdf", application.candidate.person_id
    hand_in(ask_for_document(application, "Diploma", by=recruiter), paper, application=application)
    tag_candidate(application.candidate, "Promising", by=recruiter)
    add_to_pool(make_pool("Later", "For later", by=recruiter), application, reason=WORD, by=recruiter)
    give_mark(application, criteria_of(posting.id)[0], mark=3, note=WORD, by=recruiter)
    keep_response(application.public_id, {QUESTIONS[0].name: next(iter(QUESTIONS[0].answers))})
    stage = next(stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW)
    begins = now() + timedelta(days=4)
    plan = Plan(InterviewKind.FIRST, begins, begins + timedelta(hours=1), "UTC", [recruiter], message=WORD, cards_required=False)
    interview = get_interview(schedule_interview(application, stage=stage, plan=plan, by=recruiter).public_id, viewer=recruiter)
    keep_card(interview, findings=Findings(evidence=WORD, private_note=WORD, still_open=WORD), criteria=[], by=recruiter)
    offer = scene.offer(OfferState.SENT, benefits=WORD)
    ask_for_change(offer, wish=WORD)
    return application.public_id


def left_over(telling=TELLING):
    """Where in the database or the storage any of the words still stands."""
    session.flush()
    found = set()
    for table in db.metadata.sorted_tables:
        columns = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
        for row in session.execute(select(*columns)):
            for column, value in zip(columns, row, strict=True):
                if any(word in str(value).casefold() for word in telling):
                    found.add(f"{table.name}.{column.name}")
    for row in session.scalars(select(OutgoingMail.calendar).where(OutgoingMail.calendar.is_not(None))):
        if any(word in row.decode().casefold() for word in telling):
            found.add("a calendar")
    return found


@pytest.fixture
def scene(app):
    return Scene()


def test_nothing_that_tells_who_it_was_is_left_anywhere(app, client, scene, run_jobs):
    key = everything(scene)
    session.commit()
    run_jobs()
    before = left_over()
    assert {"core_person.name", "hiring_note.text", "hiring_offer.benefits", "core_outgoing_mail.text", "hiring_search_document.words"} <= before
    files = {file.public_id: file.sha256 for file in session.scalars(select(StoredFile).where(StoredFile.person_id.is_not(None)))}
    application = get_application(key, viewer=get_person(scene.recruiter.public_id))
    person, marks = application.candidate.person_id, len(session.scalars(select(ScreeningMark)).all())
    ask_for_erasure(application)
    ask_for_erasure(application)
    session.commit()
    assert session.scalars(select(Application.state).where(Application.public_id == key)).one() is ApplicationState.WITHDRAWN
    assert session.scalars(select(Offer.state)).one() is OfferState.DECLINED
    assert len(session.scalars(select(OutgoingMail).where(OutgoingMail.name == "deletion_planned")).all()) == 1
    run_jobs()
    assert erase_what_is_due() == 0
    with travel(now() + timedelta(days=3, minutes=1), tick=False):
        assert erase_what_is_due() == 1
        session.commit()
        run_jobs()
        assert erase_what_is_due() == 0
    assert not left_over()
    gone = session.scalars(select(StoredFile).where(StoredFile.erased_at.is_not(None))).all()
    assert len(gone) >= 3 and {file.person_id for file in gone} == {person}
    for file in gone:
        with pytest.raises(NotFound):
            storage().get(files[file.public_id])
    kept = session.scalars(select(Application).where(Application.public_id == key)).one()
    assert kept.erased_at is not None and len(session.scalars(select(ScreeningMark)).all()) == marks
    assert not search(parse("quixada"), get_person(scene.recruiter.public_id)).rows
    assert verify_trail().stands
    assert session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.WAITING, OutgoingMail.person_id == person)).all() == []


def test_a_deletion_is_asked_for_on_the_private_page_and_called_back_there(app, client, scene, mailbox):
    application = scene.application
    person = application.candidate.person
    link = next(word for word in mailbox.to(person)[0].text.split() if "/my-application/" in word).removeprefix("http://localhost")
    assert f"{link}/delete" in client.get(link).text
    page = client.get(f"{link}/delete")
    assert "What stays, and why" in page.text
    assert client.post(f"{link}/delete").status_code == 422
    assert client.post(f"{link}/delete", data={"sure": "y"}).status_code == 302
    assert "Your data will be deleted" in client.get(f"{link}/delete").text
    told = [mail for mail in mailbox.to(person) if mail.name == "deletion_planned"]
    assert len(told) == 1 and "/delete" in told[0].text
    assert client.post(f"{link}/delete", data={"keep": "1"}).status_code == 302
    with travel(now() + timedelta(days=9), tick=False):
        assert erase_what_is_due() == 0
    assert session.scalars(select(Application.erased_at).where(Application.public_id == application.public_id)).one() is None


def test_who_was_hired_is_told_that_other_rules_hold(app, client, scene):
    offer = scene.offer(OfferState.SENT)
    accept_offer(offer, signature=Signature("Ana Souza", "203.0.113.9", "A browser", offer.document.sha256))
    application = get_application(offer.application.public_id, viewer=get_person(scene.recruiter.public_id))
    with pytest.raises(Exception, match="colleagues"):
        ask_for_erasure(application)
    call_back_erasure(application)
    assert session.scalars(select(OfferSignature.typed_name)).one() == "Ana Souza"
