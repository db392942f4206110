"""Candidates apply, once and well, and nothing they send can hurt."""

import hashlib
import re
import zipfile
from datetime import timedelta
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.db import session
from core.files.models import StoredFile
from core.files.store import read_content
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications import consent
from hiring.applications.consents import ConsentText
from hiring.applications.mails import private_link
from hiring.applications.models import Application, ApplicationState, Candidate, HeldResume, Resubmission
from hiring.applications.queries import get_application
from hiring.postings.models import PostingState
from tests.hiring.forms_of_pages import ApplyForm, hidden
from tests.situations import a_colleague, a_pdf, an_application, an_open_posting


def the_application():
    return session.scalars(select(Application)).one()


def words_of(html):
    return html.split("<main")[1].split("</main>")[0]


def count_of(model):
    return session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def posting(app):
    return an_open_posting()


def test_an_application_is_kept_whole_and_the_visitor_thanked(client, posting, mailbox):
    slug = posting.slug
    answer = ApplyForm(client, slug).send(name="O'Brien <3", email="Ana@Example.test")
    assert answer.status_code == 303
    thanks = client.get(answer.location)
    assert "Ana@Example.test" in thanks.text
    session.expire_all()
    application = the_application()
    assert (application.email, application.state, application.consent_version) == ("ana@example.test", ApplicationState.ACTIVE, "2026-11")
    assert session.scalars(select(Person.name).join(Candidate, Candidate.person_id == Person.id)).one() == "O'Brien <3"
    assert application.stage_id == session.scalar(select(Application.stage_id))
    (mail,) = [mail for mail in mailbox if mail.name == "application_received"]
    assert mail.to_address == "Ana@Example.test"
    assert "/my-application/" in mail.text
    for kept in ("O'Brien <3", "Porque quero ajudar.", "curriculo.pdf", "2026-11", "+55 11 99999-0000"):
        assert kept in mail.text


def test_a_double_click_is_one_application_and_the_same_thanks(client, posting, mailbox):
    form = ApplyForm(client, posting.slug)
    first, second = form.send(), form.send()
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, first.location)
    assert (count_of(Application), count_of(Resubmission)) == (1, 0)
    assert [mail.name for mail in mailbox].count("application_received") == 1


def test_applying_twice_with_one_address_keeps_the_second_beside_the_first_and_says_nothing(client, posting, mailbox):
    slug = posting.slug
    first = ApplyForm(client, slug).send()
    first_thanks = client.get(first.location).text
    second = ApplyForm(client, slug).send(name="Somebody Else", email="ANA@example.test", resume=(BytesIO(a_pdf("newer")), "newer.pdf"))
    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert words_of(client.get(second.location).text).casefold() == words_of(first_thanks).casefold()
    assert count_of(Application) == 1
    kept = session.scalars(select(Resubmission)).one()
    assert (kept.name, kept.submission_key != the_application().submission_key) == ("Somebody Else", True)
    assert session.scalars(select(Person.name).join(Candidate, Candidate.person_id == Person.id)).one() == "Ana Souza"
    mails = [mail.name for mail in mailbox]
    assert (mails.count("application_received"), mails.count("application_resubmitted")) == (1, 1)


def test_a_flood_of_resubmissions_sends_one_mail_and_leaves_the_last_waiting(client, posting, mailbox):
    slug = posting.slug
    for _again in range(4):
        assert ApplyForm(client, slug).send().status_code == 303
    assert [mail.name for mail in mailbox].count("application_resubmitted") == 1
    assert [kept.state.value for kept in session.scalars(select(Resubmission).order_by(Resubmission.id))] == ["discarded", "discarded", "waiting"]


def test_later_applications_are_bounded_and_the_first_and_the_last_stay_whole(posting, run_jobs):
    first = an_application(posting, email="ana@example.test")
    resume, person_id = first.resume, first.candidate.person_id
    for number in range(14):
        an_application(posting, email="ana@example.test", name=f"Ana {number}")
    kept = session.scalars(select(Resubmission).order_by(Resubmission.id)).all()
    assert [each.name for each in kept] == [f"Ana {number}" for number in range(3, 14)]
    assert (kept[-1].state.value, the_application().resume_id) == ("waiting", resume.id)
    about_her = session.scalars(select(StoredFile).where(StoredFile.person_id == person_id, StoredFile.erased_at.is_(None))).all()
    assert {file.id for file in about_her} >= {resume.id, *(each.resume_id for each in kept)} and len(about_her) == 12
    run_jobs()
    assert read_content(session.get_one(StoredFile, resume.id))


def test_a_knock_out_answer_is_flagged_and_the_candidate_sees_no_difference(client, posting, mailbox):
    form = ApplyForm(client, posting.slug)
    answer = form.send(**{form.knock_out: "no"})
    assert answer.status_code == 303
    application = the_application()
    assert (application.knocked_out, application.state) == (True, ApplicationState.ACTIVE)
    assert [mail.name for mail in mailbox if mail.name.startswith("application")] == ["application_received"]
    assert "knock" not in client.get(answer.location).text.lower()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Please tell us your name."),
        ({"name": "\u200b\u0007"}, "Please tell us your name."),
        ({"email": "ana@"}, "This does not look like an e-mail address."),
        ({"email": "ana@example.test\r\nBcc: all@example.test"}, "This does not look like an e-mail address."),
        ({"email": "ana@example.test, bia@example.test"}, "This does not look like an e-mail address."),
        ({"phone": "call me <b>"}, "Please use digits, spaces and + only."),
        ({"consent": None}, "Please agree, or we may not keep your application."),
        ({"consent_version": "1999-01"}, "Please agree, or we may not keep your application."),
        ({"resume": None}, "Please choose your résumé."),
    ],
)
def test_what_is_missing_is_named_at_its_field_and_nothing_is_kept(client, posting, changes, sentence):
    form = ApplyForm(client, posting.slug)
    answer = form.send(**{form.mission: "typed with care", **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "typed with care" in answer.text
    assert (count_of(Application), count_of(Candidate)) == (0, 0)


def test_an_unanswered_question_is_named(client, posting):
    form = ApplyForm(client, posting.slug)
    answer = form.send(**{form.knock_out: None})
    assert answer.status_code == 422
    assert "Please answer this question." in answer.text
    assert form.send(**{form.knock_out: "perhaps"}).status_code == 422


def test_the_resume_need_not_be_chosen_again_after_another_mistake(client, posting):
    form = ApplyForm(client, posting.slug)
    refused = form.send(name="", resume=(BytesIO(a_pdf("first choice")), "minha carta.pdf"))
    assert refused.status_code == 422
    assert "minha carta.pdf" in refused.text
    reference = hidden(refused.text, "held_resume")
    again = form.send(email="ana@", resume=None, held_resume=reference)
    assert hidden(again.text, "held_resume") == reference
    assert form.send(resume=None, held_resume=reference).status_code == 303
    assert session.scalars(select(StoredFile.name).join(Application, Application.resume_id == StoredFile.id)).one() == "minha carta.pdf"
    assert count_of(HeldResume) == 0


def test_a_held_resume_serves_neither_another_visitor_nor_another_posting(app, client, posting):
    form = ApplyForm(client, posting.slug)
    reference = hidden(form.send(name="").text, "held_resume")
    stranger = app.test_client()
    stranger.environ_base.update(client.environ_base)
    foreign = ApplyForm(stranger, posting.slug).send(resume=None, held_resume=reference)
    assert foreign.status_code == 422
    assert "curriculo.pdf" not in foreign.text
    other = an_open_posting().slug
    session.commit()
    assert ApplyForm(client, other).send(resume=None, held_resume=reference).status_code == 422
    assert count_of(Application) == 0


def test_foreign_ids_in_the_form_change_nothing(client, posting):
    victim = an_application(posting, email="victim@example.test")
    session.commit()
    before = (victim.id, victim.resume_id, victim.candidate_id, victim.version)
    extra = {
        "resume_id": str(victim.resume_id),
        "file_id": str(victim.resume_id),
        "candidate_id": str(victim.candidate_id),
        "application_id": str(victim.public_id),
        "person_id": "1",
        "stage_id": "4",
        "state": "hired",
        "knocked_out": "y",
        "held_resume": str(uuid4()),
    }
    assert ApplyForm(client, posting.slug).send(**extra).status_code == 303
    session.expire_all()
    own = session.scalars(select(Application).where(Application.email == "ana@example.test")).one()
    assert (own.state, own.knocked_out) == (ApplicationState.ACTIVE, False)
    assert own.resume_id != before[1] and own.candidate_id != before[2]
    found = session.get(Application, before[0])
    assert (found.id, found.resume_id, found.candidate_id, found.version) == before


def test_an_existing_colleague_of_the_same_address_is_not_touched(client, posting):
    session.add(Person(name="Colleague", email="ana@example.test", phone="1"))
    session.commit()
    ApplyForm(client, posting.slug).send()
    people = session.scalars(select(Person.name).where(Person.email == "ana@example.test").order_by(Person.id)).all()
    assert people == ["Colleague", "Ana Souza"]


def test_a_line_break_in_a_name_reaches_no_mail_header(client, posting, mailbox):
    ApplyForm(client, posting.slug).send(name="Ana\r\nBcc: all@example.test\u2028X")
    mail = next(mail for mail in mailbox if mail.name == "application_received")
    assert "\n" not in mail.to_name + mail.subject and "\r" not in mail.to_name and "\u2028" not in mail.to_name
    assert mail.to_address == "ana@example.test"


CANARY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_markup_in_every_field_stays_text(client, posting, mailbox):
    form = ApplyForm(client, posting.slug)
    sent = {"name": CANARY, form.mission: CANARY, "cover_letter": CANARY, "source": CANARY}
    sent["resume"] = (BytesIO(a_pdf(CANARY)), f"{CANARY}.pdf")
    refused = form.send(**{**sent, "email": "no"})
    assert_no_markup(refused.text)
    sent["resume"] = (BytesIO(a_pdf(CANARY)), f"{CANARY}.pdf")
    assert form.send(**sent).status_code == 303
    mail = next(mail for mail in mailbox if mail.name == "application_received")
    assert_no_markup(mail.html)
    link = mail.text.split("/my-application/")[1].split()[0]
    page = client.get(f"/my-application/{link}").text
    assert_no_markup(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def assert_no_markup(html):
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def a_docx_bomb():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 250_000_000)
    return packed.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (PNG, "picture.pdf"),
        (b"#!/bin/sh\nrm -rf /\n", "script.pdf"),
        (b"<svg onload=alert(1)>", "drawing.docx"),
        (b"%PDF-1.7\n1 0 obj <</Encrypt 2 0 R>>", "locked.pdf"),
        (a_pdf()[:200], "broken.pdf"),
        (b"PK\x03\x04 not a zip", "broken.docx"),
    ],
)
def test_a_bad_file_ends_in_a_sentence_at_its_field(client, posting, content, name):
    form = ApplyForm(client, posting.slug)
    answer = form.send(**{"resume": (BytesIO(content), name), form.mission: "typed with care"})
    assert answer.status_code == 422
    assert 'id="resume-error"' in answer.text
    assert "typed with care" in answer.text
    assert (count_of(Application), count_of(StoredFile)) == (0, 0)


def test_a_document_that_unpacks_to_gigabytes_is_refused(client, posting):
    answer = ApplyForm(client, posting.slug).send(resume=(BytesIO(a_docx_bomb()), "cv.docx"))
    assert answer.status_code == 422
    assert count_of(Application) == 0


def test_thirty_megabytes_are_refused_on_the_form_with_everything_still_in_it(client, posting):
    form = ApplyForm(client, posting.slug)
    sent = form.fields(**{"resume": (BytesIO(b"%PDF-1.4" + b"0" * 30_000_000), "big.pdf"), form.mission: "typed with care"})
    answer = client.post(form.address, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "This file is too large: up to 10 MB are accepted." in answer.text
    assert all(kept in answer.text for kept in ('value="Ana Souza"', 'value="ana@example.test"', "typed with care", 'value="+55 11 99999-0000"'))
    assert re.search(r'<input[^>]* checked[^>]* id="consent"', answer.text)
    assert re.search(rf'<input checked[^>]* id="{form.knock_out}-0"', answer.text)
    assert (count_of(Application), count_of(StoredFile)) == (0, 0)


def test_more_than_any_form_takes_is_413_with_a_sentence(client, posting):
    answer = ApplyForm(client, posting.slug).send(resume=(BytesIO(b"0" * 65 * 1024 * 1024), "endless.pdf"))
    assert answer.status_code == 413
    assert "A file may have up to 10 MB." in answer.text


@pytest.mark.parametrize("body", [b"", b"--cut\r\nContent-Disposition: form-data; name=", b"nonsense"])
def test_a_body_that_arrives_broken_is_400_with_the_form(client, posting, body):
    answer = client.post(f"/careers/{posting.slug}/apply", data=body, content_type="multipart/form-data; boundary=cut")
    assert answer.status_code == 400
    assert "did not arrive whole" in answer.text
    assert 'name="resume"' in answer.text


def test_a_forged_form_is_refused_and_nothing_typed_is_lost(client_with_csrf, posting):
    form = ApplyForm(client_with_csrf, posting.slug)
    answer = form.send(**{"csrf_token": "forged", form.mission: "typed with care"})
    assert answer.status_code == 400
    assert "typed with care" in answer.text
    assert count_of(Application) == 0


def test_after_the_deadline_or_closing_nothing_is_taken(client, posting):
    form = ApplyForm(client, posting.slug)
    posting.closes_on = today("America/Sao_Paulo") - timedelta(days=1)
    session.commit()
    answer = form.send()
    assert answer.status_code == 410
    assert "does not take applications any more" in answer.text
    assert (count_of(Application), count_of(StoredFile)) == (0, 0)
    posting.closes_on, posting.state = None, PostingState.CLOSED
    session.commit()
    assert client.get(form.address).status_code == 410
    assert form.send().status_code == 410


def test_the_last_day_still_counts(client, posting):
    posting.closes_on = today("America/Sao_Paulo")
    session.commit()
    assert ApplyForm(client, posting.slug).send().status_code == 303


def test_a_draft_takes_no_applications_and_is_as_good_as_missing(client, app):
    from tests.situations import a_draft_posting

    slug = a_draft_posting().slug
    session.commit()
    assert client.get(f"/careers/{slug}/apply").status_code == 404
    assert client.post(f"/careers/{slug}/apply").status_code == 404


def test_the_exact_words_agreed_to_are_kept_by_their_hash(client, sign_in, monkeypatch):
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    posting, recruiter_id = an_open_posting(by=recruiter), recruiter.public_id
    session.flush()
    assert ApplyForm(client, posting.slug).send().status_code == 303
    first = session.scalars(select(Application)).one()
    kept = session.scalars(select(ConsentText)).one()
    assert (kept.sha256, kept.version) == (first.consent_sha256, "2026-11")
    assert hashlib.sha256(kept.text.encode()).hexdigest() == kept.sha256
    key = first.public_id
    link = private_link(get_application(key, viewer=get_person(recruiter_id))).removeprefix("http://localhost")
    assert kept.text in unescape(client.get(link).text)
    assert ApplyForm(client, posting.slug).send(email="bia@example.test", name="Bia").status_code == 303
    assert len(session.scalars(select(ConsentText)).all()) == 1
    was = kept.text
    monkeypatch.setitem(consent.TEXTS, "2026-11", "Other words under the same version")
    assert ApplyForm(client, posting.slug).send(email="caio@example.test", name="Caio").status_code == 303
    assert len(session.scalars(select(ConsentText)).all()) == 2
    sign_in(get_person(recruiter_id))
    text = unescape(client.get(f"/applications/{key}/consent").text)
    assert was in text
    assert "Other words" not in text
