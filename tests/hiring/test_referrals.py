"""Colleagues hand postings on by links of their own: who referred is kept, and the colleague sees counts, never names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import now
from core.db import session
from core.errors import WrongState
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import decline_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.blind.actions import set_screening
from hiring.postings.models import PostingState, StageKind
from hiring.postings.queries import get_posting
from hiring.referrals.actions import make_link
from hiring.referrals.models import Referral, ReferralLink
from hiring.referrals.queries import my_links
from tests.hiring.forms_of_pages import ApplyForm, hidden
from tests.hiring.pages_costs import statements
from tests.situations import a_colleague, an_open_posting


def by_link(client, posting, word, **changes):
    """A stranger opens the link, looks around, and applies."""
    with client.session_transaction() as cookie:
        cookie.clear()
    assert client.get(f"/careers/{posting.slug}?ref={word}").status_code == 200
    client.get("/careers")
    assert ApplyForm(client, posting.slug).send(**changes).status_code == 303
    return session.scalars(select(Application).order_by(Application.id.desc())).first()


def test_who_referred_is_known_to_recruiters_and_the_colleague_sees_counts_alone(client, sign_in):
    recruiter, omar = a_colleague("Davi Monteverde", Role.RECRUITER), a_colleague("Omar Dias", Role.INTERVIEWER)
    posting, other = an_open_posting(by=recruiter), an_open_posting(by=recruiter, title="Gerente de Contas")
    session.flush()
    keys = {"posting": posting.public_id, "recruiter": recruiter.public_id, "omar": omar.public_id}
    sign_in(omar)
    assert posting.title in client.get("/referrals").text
    for _twice in range(2):
        assert client.post(f"/referrals/{keys['posting']}").status_code == 302
    word = session.scalars(select(ReferralLink.word)).one()
    assert f"http://localhost/careers/{posting.slug}?ref={word}" in client.get("/referrals").text

    ana = by_link(client, posting, word)
    assert ana.source == "referral"
    elsewhere = by_link(client, other, word, email="bia@example.test", name="Bia Nunes")
    assert elsewhere.source == "referral", "whoever came by the link and found another position came by it too"
    for email, given in ((omar.email, word), ("caio@example.test", "nobody-made-this"), ("dora@example.test", "<script>")):
        assert by_link(client, posting, given, email=email, name="Caio Lima").source == "careers"
    assert len(session.scalars(select(Referral)).all()) == 2
    ana_id, ana_key = ana.public_id, ana.id

    sign_in(get_person(keys["recruiter"]))
    page = f"/applications/{ana_id}"
    assert "referred by Omar Dias" in client.get(page).text
    assert statements(client, page) <= 12
    sign_in(get_person(keys["omar"]))
    text = client.get("/referrals").text
    assert "2 came by it" in text
    assert "2 in process" in text
    for told in ("Ana", "Bia", "example.test", str(ana_id)):
        assert told not in text
    recruiter = get_person(keys["recruiter"])
    application = get_application(ana_id, viewer=recruiter)
    decline_application(application, by=recruiter, reason=DeclineReason.MINIMUM_QUALIFICATIONS, note="", tell_at=now() + timedelta(days=1))
    session.flush()
    omar = get_person(keys["omar"])
    assert [(link.came, link.in_process) for link in my_links(omar, now=now())] == [(2, 2)], "not before Ana is told herself"
    assert [(link.came, link.in_process) for link in my_links(omar, now=now() + timedelta(days=2))] == [(2, 1)]
    assert session.get_one(Application, ana_key).state.value == "declined"


def test_a_blind_posting_does_not_say_who_referred_until_names_are_shown(client, sign_in):
    recruiter, omar = a_colleague("Davi Monteverde", Role.RECRUITER), a_colleague("Omar Dias", Role.INTERVIEWER)
    posting = an_open_posting(by=recruiter)
    session.flush()
    posting = get_posting(posting.public_id, viewer=recruiter)
    named = next(stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW)
    set_screening(posting, named_from=named, screeners=1, by=recruiter)
    word = make_link(posting, by=omar).word
    session.flush()
    recruiter_id = recruiter.public_id
    application = by_link(client, posting, word)
    sign_in(get_person(recruiter_id))
    assert "Omar Dias" not in client.get(f"/applications/{application.public_id}").text


def test_a_form_that_outlives_its_visit_still_says_who_referred(client, sign_in):
    recruiter, omar = a_colleague("Davi Monteverde", Role.RECRUITER), a_colleague("Omar Dias", Role.INTERVIEWER)
    posting = an_open_posting(by=recruiter)
    word = make_link(posting, by=omar).word
    session.flush()
    client.get(f"/careers/{posting.slug}?ref={word}&src=Newsletter")
    form = ApplyForm(client, posting.slug)
    kept = {name: hidden(form.html, name) for name in ("referral", "source")}
    assert kept == {"referral": word, "source": "newsletter"}
    with client.session_transaction() as cookie:
        cookie.clear()
    assert form.send(**kept).status_code == 303
    application = session.scalars(select(Application).order_by(Application.id.desc())).first()
    assert (application.source, session.scalars(select(Referral.application_id)).one()) == ("referral", application.id)


def test_a_closed_posting_is_not_handed_on(client, sign_in):
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    make_link(posting, by=recruiter)
    posting.state = PostingState.CLOSED
    session.flush()
    with pytest.raises(WrongState):
        make_link(posting, by=recruiter)
    sign_in(recruiter)
    text = client.get("/referrals").text
    assert "?ref=" not in text
    assert "closed" in text
    assert client.post(f"/referrals/{posting.public_id}").status_code == 404
