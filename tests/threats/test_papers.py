"""Mails and letters about people who call themselves a script: the words stand there as they were typed, and nothing is fetched or run."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from core.db import session
from core.files.store import read_content
from core.mail.delivery import compose
from core.mail.models import MailAttachment, OutgoingMail
from core.people.models import Company, Person
from core.people.queries import get_person
from hiring.applications.queries import get_application
from hiring.offers.models import Offer, OfferState
from tests.conftest import Mailbox
from tests.hiring.test_offers import LETTER, Scene, accept_by_form, link_in

XSS = "Ana <img src=x onerror=alert(7357)>"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that keeps what it is asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _address = server.accept()
                    asked.append(connection.recv(1000))
                    connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield int(server.getsockname()[1]), asked


def rename(scene: Scene, person: Person, name: str) -> None:
    """Call a person of the scene, and the company, by another name, past every form."""
    ids = scene.application.public_id, scene.recruiter.public_id, scene.executive.public_id
    session.execute(update(Person).where(Person.id == person.id).values(name=name))
    session.execute(update(Company).values(name=f"Banco {name}"))
    session.expire_all()
    scene.recruiter, scene.executive = get_person(ids[1]), get_person(ids[2])
    scene.application = get_application(ids[0], viewer=scene.recruiter)


def test_a_letter_and_its_mails_show_a_script_as_words_and_fetch_nothing(
    client: Any, app: Any, mailbox: Mailbox, run_jobs: Callable[[], int], listener: tuple[int, list[bytes]]
) -> None:
    port, asked = listener
    scene = Scene()
    rename(scene, scene.application.candidate.person, XSS)
    far = f"http://127.0.0.1:{port}"
    letter = f'{LETTER}\n\n![x]({far}/a.png) <img src="{far}/b.png"> <link rel=stylesheet href="{far}/c.css"> <style>@import "{far}/d.css";</style>'
    offer = scene.offer(OfferState.SENT, letter=letter, benefits=f'<img src="{far}/e.png">')
    assert offer.document is not None
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(read_content(offer.document.file))).pages)
    assert "onerror" in words
    link = link_in(mailbox, scene)
    assert "&lt;img src=x" in client.get(link).text
    assert accept_by_form(client, link, scene, XSS) == 302
    run_jobs()
    assert len(mailbox) > 4
    with_files = selectinload(OutgoingMail.attachments).joinedload(MailAttachment.file)
    for mail in session.scalars(select(OutgoingMail).options(with_files).execution_options(populate_existing=True)):
        page = html.document_fromstring(mail.html)
        assert not [name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")], mail.name
        assert not page.findall(".//script"), mail.name
        _sound(compose(mail))
    assert asked == []


def _sound(message: EmailMessage) -> None:
    assert len(message.get_all("To", [])) == len(message.get_all("From", [])) == len(message.get_all("Subject", [])) == 1
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1


NAMES = ["Ana\r\nBcc: all@example.test", "Ana, Bia <all@example.test>", "Ana\u2028Bcc: x", '"Ana" <x@example.test>,', "=?utf-8?q?a=0ABcc?="]


@pytest.mark.parametrize("name", NAMES)
def test_neither_a_persons_nor_the_companys_name_adds_a_header_or_a_reader(app: Any, mailbox: Mailbox, name: str) -> None:
    scene = Scene()
    rename(scene, scene.executive, name)
    scene.offer(OfferState.IN_APPROVAL)
    message = compose(next(mail for mail in mailbox if mail.name == "offer_approval_wanted"))
    _sound(message)
    assert "bcc" not in {header.lower() for header in message}
    assert [address.addr_spec for address in message["To"].addresses] == [scene.found(session.scalars(select(Offer)).one()).approver.email]
    assert not [line for line in message.as_bytes().split(b"\r\n\r\n")[0].splitlines() if line.lower().startswith(b"bcc")]
