"""Candidates and the team write to each other, and documents are asked for and handed in."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from core.db import session
from core.errors import NotAllowed
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.models import Application
from hiring.applications.queries import application_of_link, get_application
from hiring.messages.actions import A_DAY, write_to_candidate, write_to_team
from hiring.messages.models import DocumentRequest, Message
from hiring.messages.queries import waiting_messages
from tests.hiring.test_private_page import address_in
from tests.situations import a_colleague, a_pdf, an_application, an_open_posting


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Lopes", Role.RECRUITER)


def test_a_message_goes_each_way_and_mails_say_only_that_there_is_one(client, sign_in, sign_out, recruiter, mailbox):
    posting = an_open_posting(by=recruiter)
    application = an_application(posting, name="Ana Souza", email="ana@example.test")
    link, base = address_in(mailbox[-1]), f"/applications/{application.public_id}"
    assert client.post(f"{link}/messages", data={"text": " "}).status_code == 422
    for text in ("Posso enviar <b>depois</b>?", "Ou hoje?"):
        assert client.post(f"{link}/messages", data={"text": text}).status_code == 302
    told = [mail for mail in mailbox if mail.name == "candidate_message"]
    assert [mail.to_address for mail in told] == [recruiter.email] and "depois" not in told[0].text, "one mail for all that waits"
    shown = client.get(f"{link}/messages").text
    assert "Posso enviar &lt;b&gt;depois&lt;/b&gt;?" in shown and "You" in shown

    sign_in(recruiter)
    assert "Answer a candidate" in client.get("/home").text
    assert f"{base}/messages" in client.get(base).text
    assert "Ou hoje?" in client.get(f"{base}/messages").text
    assert client.post(f"{base}/messages", data={"text": "Amanhã serve."}).status_code == 302
    assert "Answer a candidate" not in client.get("/home").text
    mail = mailbox[-1]
    assert (mail.name, mail.to_address) == ("application_message", "ana@example.test") and "Amanhã serve." not in mail.text
    sign_out()
    assert "Amanhã serve." in client.get(address_in(mail).removesuffix("/messages") + "/messages").text

    sign_in(recruiter)
    write_to_team(application_of_link(application.public_id), "Obrigada!")
    session.commit()
    assert len(session.scalars(waiting_messages(get_person(recruiter.public_id))).all()) == 1
    assert client.post(f"{base}/messages/settle").status_code == 302
    assert len(session.scalars(waiting_messages(get_person(recruiter.public_id))).all()) == 0
    for other in (Role.MANAGER, Role.INTERVIEWER):
        sign_in(a_colleague("Otto Outro", other))
        assert client.get(f"{base}/messages").status_code in (403, 404)
        assert client.post(f"{base}/messages", data={"text": "Oi"}).status_code in (403, 404)
    with pytest.raises(NotAllowed):
        write_to_candidate(
            get_application(application.public_id, viewer=get_person(recruiter.public_id)), "Oi", by=a_colleague("Iva", Role.INTERVIEWER)
        )


def test_a_candidate_cannot_flood_the_team(client, recruiter, mailbox):
    application = application_of_link(an_application(an_open_posting(by=recruiter)).public_id)
    link = address_in(mailbox[-1])
    for number in range(A_DAY):
        write_to_team(application, f"{number}")
    refused = client.post(f"{link}/messages", data={"text": "typed with care"})
    assert refused.status_code == 422 and "You have written a lot already." in refused.text and "typed with care" in refused.text
    assert [mail.name for mail in mailbox].count("candidate_message") == 1
    assert session.scalar(select(func.count()).select_from(Message)) == A_DAY


def test_a_document_is_asked_for_handed_in_once_and_taken_home(client, sign_in, sign_out, recruiter, mailbox):
    posting = an_open_posting(by=recruiter)
    application = an_application(posting, name="Ana Souza")
    link, base = address_in(mailbox[-1]), f"/applications/{application.public_id}"
    stranger = an_application(posting, name="Bia Souza", email="bia@example.test")
    foreign, other = address_in(mailbox[-1]), f"/applications/{stranger.public_id}"
    sign_in(recruiter)
    assert client.post(f"{base}/documents", data={"title": " "}).status_code == 422
    for title in ("Certificado CPA-20", "Diploma"):
        assert client.post(f"{base}/documents", data={"title": title}).status_code == 302
    wanted, diploma = session.scalars(select(DocumentRequest.public_id).order_by(DocumentRequest.id)).all()
    assert client.post(f"{base}/documents/{diploma}/withdraw").status_code == 302
    assert client.get(f"{base}/documents/{wanted}").status_code == 404
    sign_out()
    assert "We need 1 document from you." in client.get(link).text
    address = f"{link}/documents/{wanted}"

    def send(where, content, name="c.pdf"):
        return client.post(where, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")

    assert send(f"{foreign}/documents/{wanted}", a_pdf()).status_code == 404
    assert send(address, b"<svg onload=alert(1)>", "c.svg").status_code == 422
    assert client.post(address, data={}).status_code == 422
    assert send(f"{link}/documents/{diploma}", a_pdf()).status_code == 409
    assert send(address, a_pdf("CPA-20")).status_code == 302
    assert send(address, a_pdf("other")).status_code == 409
    assert client.get(f"{address}/file").data.startswith(b"%PDF")
    assert client.get(f"{foreign}/documents/{wanted}/file").status_code == 404
    with ZipFile(BytesIO(client.get(f"{link}/copy.zip").data)) as archive:
        facts = json.loads(archive.read("application.json"))
        handed = next(message for message in facts["messages"] if "file" in message)
        assert handed["document"] == "Certificado CPA-20" and archive.read(handed["file"]).startswith(b"%PDF")
    sign_in(recruiter)
    assert client.get(f"{base}/documents/{wanted}").data.startswith(b"%PDF")
    assert client.get(f"{other}/documents/{wanted}").status_code == 404
    page = client.get(f"{base}/messages").text
    assert "handed in" in page and "not needed any more" in page and "Handed in: Certificado CPA-20" in page
    assert session.scalar(select(func.count()).select_from(Application)) == 2
