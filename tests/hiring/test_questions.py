"""Questions of every kind: written on the posting, asked on the form, kept one way, and what a knock-out answer leads to."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from time_machine import travel

from core.audit.models import AuditEvent
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed
from core.mail.models import MailState, OutgoingMail
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.answers import kept_text, knocks_out
from hiring.applications.models import Answer, Application, ApplicationState, DeclineReason, HeldResume
from hiring.applying.drafts import forget_old_drafts
from hiring.applying.json_resume import read_json_resume
from hiring.applying.models import ApplicationDraft
from hiring.criteria.actions import add_question, follow_knock_outs
from hiring.criteria.asking import check_question, option_lines
from hiring.postings.models import Question, QuestionKind
from hiring.postings.queries import get_posting
from hiring.publishing.actions import approve_posting, ask_for_approval, open_posting
from tests.hiring.forms_of_pages import ApplyForm, hidden
from tests.hiring.test_private_page import address_in
from tests.situations import WHY, a_colleague, a_draft_posting, a_pdf, an_application, an_open_posting

K = QuestionKind
AREAS = ["Pessoa física", "Empresas", "Private"]


@pytest.mark.parametrize(
    ("kind", "options", "text", "kept"),
    [
        (K.NUMBER, [], "1500", "1500"),
        (K.NUMBER, [], "2,5", "2.5"),
        (K.NUMBER, [], "1.500", None),
        (K.NUMBER, [], "1,500.00", None),
        (K.NUMBER, [], "many", None),
        (K.DATE, [], "2031-12-31", "2031-12-31"),
        (K.DATE, [], "31/12/2031", None),
        (K.DATE, [], "2031-02-30", None),
        (K.ONE_OF, AREAS, "Empresas", "Empresas"),
        (K.ONE_OF, AREAS, "Outra", None),
        (K.MANY_OF, AREAS, "Private\nPessoa física", "Pessoa física\nPrivate"),
        (K.MANY_OF, AREAS, "Private\nOutra", None),
        (K.YES_NO, [], "perhaps", None),
        (K.SHORT, [], "x" * 301, None),
        (K.DATE, [], "", ""),
    ],
)
def test_each_kind_keeps_its_answers_one_way(kind, options, text, kept):
    from uuid import uuid4

    question = Question(public_id=uuid4(), kind=kind, text="?", options=options)
    if kept is None:
        with pytest.raises(Invalid):
            kept_text(question, text)
    else:
        assert kept_text(question, text) == kept


@pytest.mark.parametrize(
    ("kind", "accepted", "options", "reason", "field"),
    [
        (K.LONG, "yes", [], WHY, "kind"),
        (K.MANY_OF, "Private", AREAS, WHY, "kind"),
        (K.YES_NO, "", [], WHY, "accepted"),
        (K.YES_NO, "yes", [], " ", "knock_out_reason"),
        (K.ONE_OF, "", AREAS, WHY, "accepted_options"),
        (K.ONE_OF, "Outra", AREAS, WHY, "accepted_options"),
        (K.ONE_OF, "\n".join(AREAS), AREAS, WHY, "accepted_options"),
        (K.ONE_OF, "Private", ["Private"], WHY, "options"),
        (K.ONE_OF, "Private\nEmpresas", AREAS, WHY, None),
    ],
)
def test_a_knock_out_accepts_something_refuses_something_and_says_why(kind, accepted, options, reason, field):
    try:
        check_question(kind, knock_out=True, accepted=accepted, options=options, reason=reason)
    except Invalid as refusal:
        assert refusal.field == field
    else:
        assert field is None
        question = Question(kind=kind, knock_out=True, accepted=accepted, options=options)
        assert [knocks_out(question, option) for option in options] == [True, False, False]
    assert option_lines(" a \n\nb\na") == ["a", "b"]


def a_posting_with_every_kind(*, declines=False):
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    posting = a_draft_posting(by=recruiter, hiring_manager=manager)
    add_question(
        posting, kind=K.ONE_OF, text="Onde?", options=AREAS, knock_out=True, accepted="Empresas\nPrivate", knock_out_reason="Só PJ.", by=recruiter
    )
    add_question(posting, kind=K.MANY_OF, text="Com quem?", options=AREAS, required=False, by=recruiter)
    add_question(posting, kind=K.NUMBER, text="Quantos anos?", by=recruiter)
    add_question(posting, kind=K.DATE, text="Desde quando?", by=recruiter)
    add_question(posting, kind=K.FILE, text="O certificado", by=recruiter)
    follow_knock_outs(posting, declines=declines, days=2, by=recruiter)
    ask_for_approval(posting, by=recruiter)
    approve_posting(posting, by=manager)
    open_posting(posting, by=recruiter)
    return posting, recruiter


def named(posting):
    return {question.text: f"answer_{question.public_id.hex}" for question in posting.questions}


def test_a_question_is_written_on_the_page_with_its_options_and_reason(client, sign_in):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    posting = a_draft_posting(by=recruiter)
    base = f"/postings/{posting.public_id}"
    sign_in(recruiter)
    asked = {"question-text": "Onde?", "question-kind": "one_of", "question-options": "Norte\n Sul \nNorte", "question-knock_out": "y"}
    for missing in ({}, {"question-accepted_options": "Sul"}, {"question-accepted_options": "Leste", "question-knock_out_reason": "Lá."}):
        assert client.post(f"{base}/questions", data={**asked, **missing}).status_code == 422
    good = {**asked, "question-accepted_options": "Sul", "question-knock_out_reason": "Lá."}
    assert client.post(f"{base}/questions", data=good).status_code == 302
    question = session.scalars(select(Question).where(Question.kind == K.ONE_OF)).one()
    assert (question.options, question.accepted, question.knock_out_reason, question.required) == (["Norte", "Sul"], "Sul", "Lá.", True)
    address = f"{base}/questions/{question.public_id}/edit"
    assert "Norte\nSul" in client.get(address).text
    assert client.post(address, data={"text": "Onde?", "kind": "many_of", "options": "Norte\nSul"}).status_code == 302
    assert client.post(address, data={"text": "Onde?", "kind": "many_of", "options": "Norte"}).status_code == 422
    shown = client.get(f"{base}/criteria").text
    assert "Norte · Sul" in shown and WHY in shown
    assert client.post(f"{base}/knock-outs", data={"rule-declines": "y", "rule-days": "99"}).status_code == 422
    assert client.post(f"{base}/knock-outs", data={"rule-declines": "y", "rule-days": "3"}).status_code == 302
    assert session.scalars(select(AuditEvent).where(AuditEvent.name == "hiring.posting.knock_out_rule_set")).one()


def test_a_form_with_every_kind_survives_a_mistake_and_is_kept_whole(client, mailbox, sign_in):
    posting, recruiter = a_posting_with_every_kind()
    names, slug = named(posting), posting.slug
    form = ApplyForm(client, slug)
    given = {
        names["Onde?"]: "Empresas",
        names["Com quem?"]: ["Private", "Pessoa física"],
        names["Quantos anos?"]: "2,5",
        names["Desde quando?"]: "2031-01-15",
    }
    certificate = (BytesIO(a_pdf("Certificado CPA-20")), "cpa 20.pdf")
    refused = form.send(**{**given, names["Quantos anos?"]: "two", names["O certificado"]: certificate})
    assert refused.status_code == 422 and "We have cpa 20.pdf" in refused.text and "We have curriculo.pdf" in refused.text
    assert "without marks between thousands" in refused.text
    missing = ApplyForm(client, slug).send(**given)
    assert missing.status_code == 422 and "Please choose a file." in missing.text
    held = {
        f"held_{names['O certificado'][7:]}": hidden(refused.text, f"held_{names['O certificado'][7:]}"),
        "held_resume": hidden(refused.text, "held_resume"),
    }
    assert form.send(**given, **held, resume=None).status_code == 303
    session.expire_all()
    application = session.scalars(select(Application)).one()
    kept = dict(session.execute(select(Question.text, Answer.text).join(Answer, Answer.question_id == Question.id)).all())
    assert kept["Com quem?"] == "Pessoa física\nPrivate" and kept["Quantos anos?"] == "2.5" and kept["O certificado"] == "cpa 20.pdf"
    assert application.knocked_out is False
    assert (
        session.scalars(select(HeldResume.id).join(Question, Question.posting_id == HeldResume.posting_id)).first() is not None
    )  # the second try's résumé
    mail = next(mail for mail in mailbox if mail.name == "application_received")
    assert "Pessoa física; Private" in mail.text and "cpa 20.pdf" in mail.text
    link = address_in(mail)
    answer_id = session.scalars(select(Answer.public_id).where(Answer.file_id.is_not(None))).one()
    assert client.get(f"{link}/answers/{answer_id}/file").data.startswith(b"%PDF")
    with ZipFile(BytesIO(client.get(f"{link}/copy.zip").data)) as archive:
        assert "files/2-cpa 20.pdf" in archive.namelist()
    stranger = an_application(name="Bia Souza", email="bia@example.test")
    session.flush()
    assert client.get(f"{address_in(mailbox[-1])}/answers/{answer_id}/file").status_code == 404
    sign_in(recruiter)
    assert f"/applications/{application.public_id}/answers/{answer_id}/file" in client.get(f"/applications/{application.public_id}").text
    assert client.get(f"/applications/{application.public_id}/answers/{answer_id}/file").data.startswith(b"%PDF")
    assert client.get(f"/applications/{stranger.public_id}/answers/{answer_id}/file").status_code == 404


def test_a_knock_out_declines_where_the_posting_says_so_and_a_person_takes_it_back(client, sign_in, mailbox, run_jobs):
    posting, recruiter = a_posting_with_every_kind(declines=True)
    names = named(posting)
    form = ApplyForm(client, posting.slug)
    sent = {names["Quantos anos?"]: "1", names["Desde quando?"]: "2031-01-15", names["O certificado"]: (BytesIO(a_pdf()), "c.pdf")}
    assert form.send(**sent, **{names["Onde?"]: "Pessoa física"}).status_code == 303
    session.expire_all()
    application = session.scalars(select(Application)).one()
    assert (application.state, application.decline_reason, application.knocked_out) == (ApplicationState.DECLINED, DeclineReason.KNOCK_OUT, True)
    assert timedelta(days=1, hours=23) < application.outcome_from - now() <= timedelta(days=2)
    event = session.scalars(select(AuditEvent).where(AuditEvent.name == "hiring.application.knocked_out")).one()
    assert event.actor_id is None
    letter = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "application_declined")).one()
    run_jobs()
    assert session.get(OutgoingMail, letter.id).state is MailState.WAITING
    link = address_in(next(mail for mail in mailbox if mail.name == "application_received"))
    page = client.get(link).text
    assert "Your application has arrived." in page and "We have chosen" not in page and "Withdraw" in page
    sign_in(recruiter)
    assert "Declined by rule" in client.get("/applications").text
    listed = client.get("/applications/knocked-out").text
    assert "Onde? Pessoa física" in listed and "Ana Souza" in listed
    base = f"/applications/{application.public_id}"
    shown = client.get(base).text
    assert "Só PJ." in shown and "The letter goes out at" in shown
    assert client.post(f"{base}/clear-knock-out", data={"reason": "Trabalhou com PJ antes."}).status_code == 302
    session.expire_all()
    application = session.scalars(select(Application)).one()
    assert (application.state, application.knocked_out, application.outcome_from) == (ApplicationState.ACTIVE, False, None)
    with travel(now() + timedelta(days=3)):
        run_jobs()
    assert session.scalars(select(OutgoingMail.state).where(OutgoingMail.name == "application_declined")).one() is MailState.CANCELLED
    assert "Nobody waits for such a letter" in client.get("/applications/knocked-out").text
    recruiter = get_person(recruiter.public_id)
    posting = get_posting(posting.public_id, viewer=recruiter)
    with pytest.raises(NotAllowed):
        follow_knock_outs(posting, declines=True, days=1, by=recruiter)
    follow_knock_outs(posting, declines=False, days=2, by=recruiter)


def test_other_answers_open_what_the_rule_declined(client, mailbox):
    posting, _recruiter = a_posting_with_every_kind(declines=True)
    names = named(posting)
    sent = {names["Quantos anos?"]: "1", names["Desde quando?"]: "2031-01-15"}
    for area in ("Pessoa física", "Private"):
        files = {names["O certificado"]: (BytesIO(a_pdf(area)), f"{area[:4]}.pdf")}
        assert ApplyForm(client, posting.slug).send(**sent, **files, **{names["Onde?"]: area}).status_code == 303
    link = address_in(next(mail for mail in mailbox if mail.name == "application_received"))
    version = hidden(client.get(link).text, "version")
    assert client.post(f"{link}/newer-version", data={"version": version, "choice": "use"}).status_code == 302
    session.expire_all()
    application = session.scalars(select(Application)).one()
    assert (application.state, application.knocked_out, application.decline_reason) == (ApplicationState.ACTIVE, False, None)
    assert "Priv.pdf" in client.get(link).text


def test_a_form_left_half_filled_in_is_there_after_a_reload_for_this_browser_alone(app, client, mailbox):
    posting, _recruiter = a_posting_with_every_kind()
    slug, names = posting.slug, named(posting)
    form = ApplyForm(client, slug)
    typed = {"name": "Ana <b>", "cover_letter": "Uma carta", names["Com quem?"]: ["Private", "Outra"], names["Onde?"]: "Empresas", "consent": "y"}
    typed["state"] = "hired"
    refused = form.send(name="", **{names["O certificado"]: (BytesIO(a_pdf()), "c.pdf")})
    held = {"held_resume": hidden(refused.text, "held_resume")}
    assert client.post(f"/careers/{slug}/apply/draft", data={**typed, **held, "phone": "1" * 999}).status_code == 204
    draft = session.scalars(select(ApplicationDraft)).one()
    assert set(draft.fields) == {"name", "cover_letter", "phone", "held_resume", names["Com quem?"], names["Onde?"]}
    assert draft.fields[names["Com quem?"]] == ["Private"] and len(draft.fields["phone"]) == 40
    again = client.get(f"/careers/{slug}/apply").text
    assert 'value="Ana &lt;b&gt;"' in again and "Uma carta" in again and "We have curriculo.pdf" in again
    assert "What you typed before is still here." in again and again.count("checked") == 2
    assert "Uma carta" not in app.test_client().get(f"/careers/{slug}/apply").text
    assert client.post(f"/careers/{slug}/apply/afresh").status_code == 303
    assert "Uma carta" not in client.get(f"/careers/{slug}/apply").text

    assert client.post(f"/careers/{slug}/apply/draft", data=typed).status_code == 204
    sent = {names["Onde?"]: "Empresas", names["Quantos anos?"]: "1", names["Desde quando?"]: "2031-01-15"}
    assert ApplyForm(client, slug).send(**sent, **{names["O certificado"]: (BytesIO(a_pdf()), "c.pdf")}).status_code == 303
    assert session.scalars(select(ApplicationDraft)).all() == []
    assert client.post(f"/careers/{slug}/apply/draft", data=typed).status_code == 204
    with travel(now() + timedelta(days=1, minutes=1)):
        forget_old_drafts()
    assert session.scalars(select(ApplicationDraft)).all() == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"basics": {"name": " Ana\\nSouza ", "phone": 5, "summary": "Oi"}}', {"name": "Ana Souza", "cover_letter": "Oi"}),
        (
            b'\xef\xbb\xbf{"basics": {"url": "javascript:alert(1)", "profiles": [{"url": "https://a.test"}, 3, {}]}}',
            {"cover_letter": "https://a.test"},
        ),
        (b'{"basics": {"name": ["Ana"]}}', None),
        (b'{"basics": []}', None),
        (b"[]", None),
        (b"", None),
        (b"\xff\xfe", None),
        (b"[" * 200_000, None),
        (b" " * (1024 * 1024 + 1), None),
        (b'{"basics": {"name": "A\\ud800na", "summary": "so\\udfff \\u0000me"}}', {"name": "A na", "cover_letter": "so me"}),
    ],
)
def test_a_json_resume_is_read_for_what_the_form_asks(content, found):
    if found is None:
        with pytest.raises(Invalid):
            read_json_resume(content)
    else:
        assert read_json_resume(content) == found


def test_a_json_resume_fills_in_the_form_and_sends_nothing(client):
    slug = an_open_posting().slug
    address = f"/careers/{slug}/apply"
    client.get(address)
    assert client.post(f"{address}/draft", data={"name": "Typed", "phone": "123456"}).status_code == 204
    content = b'{"basics": {"name": "Ana <3", "email": "ana@example.test"}}'
    sent = client.post(f"{address}/json-resume", data={"json_resume": (BytesIO(content), "r.json")}, content_type="multipart/form-data")
    assert sent.status_code == 303
    page = client.get(address).text
    assert 'value="Ana &lt;3"' in page and 'value="ana@example.test"' in page and 'value="123456"' in page and "nothing has been sent yet" in page
    assert client.post(f"{address}/json-resume", data={}).status_code == 303
    assert "This is not a JSON Resume" in client.get(address).text
    assert session.scalars(select(Application)).all() == []
