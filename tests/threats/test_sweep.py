"""Every address there is, with the ids of everything there is, asked by everybody: what must not be seen is seen nowhere."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader

from core.db import session
from core.people.queries import get_person
from core.people.rights import Role
from tests.situations import a_colleague
from tests.threats.world import EVIDENCE, NOTE, PAY, World, addresses, build_world, spoil_every_text
from tests.training.situations import FEEDBACK

pytestmark = pytest.mark.sqlite_only
XSS = "\"'><img src=x onerror=alert(7357)><script>alert(7357)</script>"


@pytest.fixture
def world(app: Any, run_jobs: Callable[[], int]) -> World:
    """The company, its background work done."""
    found = build_world()
    run_jobs()
    return found


def words(answer: Any) -> str:
    """All there is to read in an answer: its headers, its text, or the text of a PDF."""
    said = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    if answer.mimetype == "application/pdf" and answer.status_code == 200:
        said += "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    elif answer.mimetype.startswith(("text/", "application/json", "application/xml", "application/atom")):
        said += answer.text
    return said


def sweep(client: Any, found: list[str], *canaries: str) -> dict[str, set[str]]:
    """The addresses that answer with a canary, and whether any broke."""
    seen: dict[str, set[str]] = {}
    for address in found:
        answer = client.get(address)
        assert answer.status_code < 500 or address == "/readyz", address
        said = words(answer)
        hit = {canary for canary in canaries if canary in said}
        if hit:
            seen[address] = hit
    return seen


def test_those_outside_the_team_see_neither_pay_nor_cards_nor_keys(app: Any, client: Any, sign_in: Any, world: World) -> None:
    found, seen = list(addresses(app)), {}
    for role in Role:
        if role is not Role.RECRUITER:  # who sees every posting, and its offers
            sign_in(a_colleague(f"Person {role}", role))
            keys = () if role in (Role.TRAINER, Role.COMPLIANCE, Role.AUDITOR) else (FEEDBACK, "731.25")
            seen[role] = sweep(client, found, *PAY, EVIDENCE, NOTE, *keys)
    assert not {role: hits for role, hits in seen.items() if hits}


def test_strangers_see_neither_pay_nor_cards_nor_keys_nor_names(app: Any, client: Any, world: World) -> None:
    names = ("Ana Souza", "Bia Souza", "Caio Souza", "Nina Alves")
    seen = sweep(client, list(addresses(app)), *PAY, EVIDENCE, NOTE, FEEDBACK, "731.25", *names)
    assert not [address for address in seen if not address.startswith("/verify/")]
    assert {hit for hits in seen.values() for hit in hits} <= {
        "Ana Souza",
        "Bia Souza",
    }  # a document says to whom it was issued, to who holds its code


def test_who_owes_a_card_sees_the_others_nowhere_and_nobody_sees_a_private_note(app: Any, client: Any, sign_in: Any, world: World) -> None:
    found = list(addresses(app))
    sign_in(get_person(world.owing.public_id))
    assert sweep(client, found, EVIDENCE, NOTE, *PAY) == {}
    sign_in(get_person(world.recruiter.public_id))
    assert not {address for address, hits in sweep(client, found, NOTE).items() if hits}


def test_no_mail_tells_pay_cards_or_keys(world: World, mailbox: Any) -> None:
    told = [mail for mail in mailbox if any(word in mail.subject + mail.text + mail.html for word in (*PAY, EVIDENCE, NOTE, FEEDBACK))]
    assert len(mailbox) > 10
    assert not [mail.name for mail in told]


def test_the_world_holds_what_is_looked_for(app: Any, client: Any, sign_in: Any, world: World) -> None:
    """Without this, the tests above could pass on an empty world."""
    found = list(addresses(app))
    sign_in(get_person(world.recruiter.public_id))
    seen = sweep(client, found, *PAY, EVIDENCE)
    assert [address for address, hits in seen.items() if address.endswith("/letter.pdf") and hits & set(PAY)]
    assert [address for address, hits in seen.items() if address.startswith("/interviews/") and EVIDENCE in hits]


def test_who_sits_an_exam_is_sent_no_key(app: Any, client: Any, sign_in: Any, world: World) -> None:
    sign_in(get_person(world.learner.public_id))
    assert sweep(client, list(addresses(app)), FEEDBACK, "731.25") == {}


@pytest.mark.parametrize("roles", [tuple(Role), (Role.NEW_HIRE,), ()], ids=["every role", "new hire", "stranger"])
def test_a_script_in_any_text_runs_on_no_page(app: Any, client: Any, sign_in: Any, world: World, roles: tuple[Role, ...]) -> None:
    assert spoil_every_text(session(), XSS) > 60
    person = a_colleague("Person of many parts", *roles) if roles else None
    found = list(addresses(app))
    if person is not None:
        sign_in(person)
    shown = 0
    for address in found:
        answer = client.get(address)
        assert answer.status_code < 500 or address == "/readyz", address
        shown += "alert(7357)" in answer.text if answer.mimetype == "text/html" else 0
        if answer.mimetype == "text/html" and answer.data:
            _nothing_runs(answer.text, address)
        assert not re.search(r"[\r\n]", "".join(value for _name, value in answer.headers))
    assert shown > (60 if len(roles) > 1 else 3)


def _nothing_runs(text: str, address: str) -> None:
    page = html.document_fromstring(text)
    for element in page.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.attrib if name.startswith("on")], (address, html.tostring(element)[:300])
            assert element.get("src") != "x", (address, html.tostring(element)[:300])
            if element.tag == "script" and "7357" in (element.text or ""):
                assert element.get("type") == "application/ld+json", (address, html.tostring(element)[:300])
