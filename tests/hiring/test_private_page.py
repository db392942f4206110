"""The candidate's private page: only by its link, and everything they need is on it."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import func, select, update

from core.accounts.links import issue_link
from core.accounts.models import PrivateLink, Purpose
from core.clock import now
from core.db import session
from core.mail.models import MailState
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, reopen_application
from hiring.applications.models import Answer, Application, ApplicationState, DeclineReason, Resubmission
from hiring.candidacy.copies import archive_names
from tests.situations import a_colleague, a_resume, an_application, an_open_posting


@pytest.fixture
def posting(app):
    return an_open_posting()


@pytest.fixture
def link(posting, mailbox):
    an_application(posting, name="O'Brien <3", email="ana@example.test")
    return address_in(mailbox[-1])


def address_in(mail):
    return re.search(r"http://localhost(/my-application/[\w-]{32,})", mail.text).group(1)


def the_application():
    return session.scalars(select(Application)).one()


def test_the_page_tells_where_one_stands_and_what_is_held(client, link):
    page = client.get(link)
    assert page.status_code == 200
    for text in ("Your application has arrived.", "O&#39;Brien &lt;3", "ana@example.test", "curriculo.pdf", "Porque quero ajudar.", "2026-11"):
        assert text in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert 'content="noindex"' in page.text


def test_the_steps_follow_the_stages_in_plain_words(client, link, posting):
    application = the_application()
    stage = next(stage for stage in posting.stages if stage.kind.value == "interview")
    advance_application(application, to_stage=stage, by=None)
    page = client.get(link).text
    assert "You are in the interviews." in page
    assert 'aria-current="step"' in page


def test_a_decision_is_told_without_its_reason(client, link):
    decline_application(the_application(), by=None, reason=DeclineReason.MISREPRESENTED, note="internal remark")
    page = client.get(link).text
    assert "We have chosen other candidates this time." in page
    assert "internal remark" not in page and "misrepresented" not in page
    assert client.post(f"{link}/contact", data={"name": "X", "email": "x@example.test"}).status_code == 409
    assert client.post(f"{link}/withdraw").status_code == 409


def test_a_candidate_takes_home_what_they_sent_and_nothing_that_was_noted_about_them(client, posting, mailbox):
    application = an_application(posting, name="Ana Souza", email="ana@example.test", accepted=False)
    link, title = address_in(mailbox[-1]), posting.title
    question = next(question.text for question in posting.questions if not question.knock_out)
    an_application(posting, name="Ana S. Souza", email="ana@example.test")  # the newer version is theirs too
    decline_application(application, by=None, reason=DeclineReason.MISREPRESENTED, note="internal remark")
    assert f"{link}/copy.zip" in client.get(link).text
    answer = client.get(f"{link}/copy.zip")
    assert answer.mimetype == "application/zip" and answer.headers["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(answer.data)) as archive:
        written = archive.read("application.json").decode()
        facts = json.loads(written)
        assert sorted(archive.namelist()) == ["application.json", "files/1-curriculo.pdf", "files/2-curriculo.pdf"]
        assert archive.read(facts["resume"]).startswith(b"%PDF") and archive.read(facts["later_versions"][0]["resume"]).startswith(b"%PDF")
    assert (facts["name"], facts["email"], facts["position"]) == ("Ana Souza", "ana@example.test", title)
    assert {"question": question, "answer": "Porque quero ajudar."} in facts["answers"]
    assert facts["agreed"]["version"] == "2026-11" and facts["agreed"]["text"].startswith("Concordo")
    assert facts["later_versions"][0]["name"] == "Ana S. Souza"
    for kept_inside in ("internal remark", "misrepresented", "knock"):
        assert kept_inside not in written
    assert client.get("/my-application/" + "x" * 43 + "/copy.zip").status_code == 404


def test_names_in_the_archive_never_meet_and_stay_in_their_folder():
    assert archive_names(["cv.pdf", "cv.pdf", "../x\\y.pdf"]) == ["files/1-cv.pdf", "files/2-cv.pdf", "files/3-.._x_y.pdf"]


def test_a_knock_out_is_not_shown(client, posting, mailbox):
    an_application(posting, accepted=False)
    assert the_application().knocked_out
    assert "knock" not in client.get(address_in(mailbox[-1])).text.lower()


def test_scanners_spend_nothing(client, link):
    for _time in range(5):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
        assert client.get(f"{link}/withdraw").status_code == 200
    assert the_application().state is ApplicationState.ACTIVE
    assert session.scalars(select(PrivateLink.spent_at)).all() == [None]


@pytest.mark.parametrize("step", ["", "/withdraw", "/contact", "/resume"])
def test_an_altered_expired_or_foreign_link_opens_nothing(client, link, step):
    for wrong in (link[:-1] + ("A" if link[-1] != "A" else "B"), "/my-application/x", "/my-application/" + "a" * 500):
        answer = client.get(wrong + step)
        assert answer.status_code == 404
        assert "Ask for a new link" in answer.text and "ana@example.test" not in answer.text
    candidate = session.scalars(select(Person).order_by(Person.id.desc())).first()
    offer = issue_link(Purpose.OFFER, person=candidate, subject_id=the_application().public_id)
    assert client.get(f"/my-application/{offer}{step}").status_code == 404
    session.execute(update(PrivateLink).values(expires_at=now() - timedelta(seconds=1)))
    expired = client.get(link + step)
    assert expired.status_code == 410
    assert "This link has expired." in expired.text and "curriculo.pdf" not in expired.text
    if step in ("/withdraw", "/contact"):
        assert client.post(link + step, data={"name": "X", "email": "x@example.test"}).status_code == 410
    assert the_application().state is ApplicationState.ACTIVE


def test_withdrawing_asks_once_more_and_is_friendly_the_second_time(client, link, mailbox):
    assert "It cannot be undone." in client.get(f"{link}/withdraw").text
    assert client.post(f"{link}/withdraw", data={"reason": "Another job"}).status_code == 302
    assert the_application().state is ApplicationState.WITHDRAWN
    assert mailbox[-1].name == "application_withdrawn"
    assert client.post(f"{link}/withdraw").status_code == 302
    assert [mail.name for mail in mailbox].count("application_withdrawn") == 1
    assert "You have withdrawn this application." in client.get(link).text


def test_only_the_candidate_withdraws(app, posting):
    from core.errors import NotAllowed
    from hiring.applications.actions import withdraw_application

    application = an_application(posting)
    with pytest.raises(NotAllowed):
        withdraw_application(application, by=a_colleague("Renata Outra", Role.RECRUITER))


def test_contact_data_is_corrected_and_the_old_address_told(client, link, mailbox):
    assert client.post(f"{link}/contact", data={"name": "Ana", "email": "broken"}).status_code == 422
    assert client.post(f"{link}/contact", data={"name": "Ana\r\nX", "email": "New@example.test", "phone": "12345678"}).status_code == 302
    told = mailbox[-1]
    assert (told.name, told.to_address) == ("application_contact_changed", "ana@example.test")
    assert "New@example.test" in client.get(link).text
    assert the_application().email == "ana@example.test"


def test_the_own_resume_comes_back_as_an_attachment(client, link):
    for address in (f"{link}/resume", f"{link}/resume?inline=1"):
        answer = client.get(address)
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def resubmit(posting):
    first = the_application()
    answers = {question.public_id: "no" if question.knock_out else "Newer words" for question in posting.questions}
    an_application(posting, name="Ana Newer", email="ANA@example.test", answers=answers)
    return first


def test_the_newer_version_takes_the_place_of_the_first_when_chosen(client, link, posting):
    first = resubmit(posting).resume_id
    page = client.get(link).text
    assert "You applied again. Which version stands?" in page
    version = str(session.scalars(select(Resubmission.public_id)).one())
    assert client.post(f"{link}/newer-version", data={"version": version, "choice": "use"}).status_code == 302
    application = the_application()
    assert application.resume_id != first
    assert application.knocked_out
    assert set(session.scalars(select(Answer.text))) == {"no", "Newer words"}
    assert "Ana Newer" in client.get(link).text
    assert client.post(f"{link}/newer-version", data={"version": version, "choice": "use"}).status_code == 409


def test_the_newer_version_is_discarded_when_chosen_and_foreign_ones_cannot_be_reached(client, link, posting):
    first = resubmit(posting).resume_id
    stranger = Resubmission(
        application_id=an_application(an_open_posting(), email="else@example.test").id,
        name="Foreign",
        answers={},
        resume_id=a_resume("foreign").id,
        consent_version="2026-11",
    )
    session.add(stranger)
    session.flush()
    mine = str(session.scalars(select(Resubmission.public_id).order_by(Resubmission.id)).first())
    foreign = str(stranger.public_id)
    for wrong in (foreign, "0", "", "[]"):
        assert client.post(f"{link}/newer-version", data={"version": wrong, "choice": "use"}).status_code == 404
    assert client.post(f"{link}/newer-version", data={"version": mine, "choice": "discard"}).status_code == 302
    found = session.scalars(select(Application).where(Application.email == "ana@example.test")).one()
    assert found.resume_id == first
    assert "Which version stands?" not in client.get(link).text


def test_a_new_link_is_sent_to_those_who_applied_and_the_answer_is_the_same_for_all(client, link, mailbox, run_jobs):
    before = len(mailbox)
    known = client.post("/my-application/new-link", data={"email": "ANA@example.test"})
    unknown = client.post("/my-application/new-link", data={"email": "who@example.test"})
    assert (known.status_code, unknown.status_code) == (200, 200)
    main = [re.sub(r"\S+@example\.test", "", answer.text.split("<main")[1].split("</main>")[0]) for answer in (known, unknown)]
    assert main[0] == main[1]
    run_jobs()
    assert [mail.name for mail in mailbox][before:] == ["application_new_link"]
    fresh = address_in(mailbox[-1])
    assert fresh != link
    assert client.get(fresh).status_code == 200
    assert client.post("/my-application/new-link", data={"email": "no"}).status_code == 422


def test_each_application_is_a_candidate_and_person_of_its_own(app, posting):
    first = an_application(posting, email="same@example.test")
    second = an_application(an_open_posting(), email="same@example.test")
    assert first.candidate_id != second.candidate_id
    assert get_person_by_key(first.candidate.person_id).id != second.candidate.person_id
    assert session.scalar(select(func.count()).select_from(Person).where(Person.email == "same@example.test")) == 2


def test_a_letter_that_waits_changes_nothing_for_the_candidate_until_it_goes_out(client, link, mailbox, run_jobs):
    application = the_application()
    decline_application(application, by=None, reason=DeclineReason.SCREENING_REQUIREMENTS, tell_at=now() + timedelta(days=2))
    session.commit()
    run_jobs()
    letter = mailbox[-1]
    assert (letter.name, letter.state) == ("application_declined", MailState.WAITING)
    assert "Your application has arrived." in client.get(link).text
    with time_machine.travel(now() + timedelta(days=2, minutes=1), tick=False):
        assert "We have chosen other candidates this time." in client.get(link).text
        run_jobs()
        assert letter.state is MailState.SENT


def test_reopening_calls_the_letter_back_and_so_does_withdrawing_first(client, link, mailbox, run_jobs):
    application = the_application()
    decline_application(application, by=None, reason=DeclineReason.SCREENING_REQUIREMENTS, tell_at=now() + timedelta(days=2))
    reopen_application(application, by=None, reason="Read again")
    decline_application(application, by=None, reason=DeclineReason.SCREENING_REQUIREMENTS, tell_at=now() + timedelta(days=2))
    assert client.post(f"{link}/withdraw").status_code == 302
    assert the_application().state is ApplicationState.WITHDRAWN
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        run_jobs()
        assert "You have withdrawn this application." in client.get(link).text
    states = [(mail.name, mail.state) for mail in mailbox if mail.name in ("application_declined", "application_withdrawn")]
    assert states == [
        ("application_declined", MailState.CANCELLED),
        ("application_declined", MailState.CANCELLED),
        ("application_withdrawn", MailState.SENT),
    ]
