"""Signing in, out, invitations and passwords."""

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from core.accounts.actions import FAILURES_BEFORE_LOCK, invite, open_account
from core.accounts.links import issue_link, read_link
from core.accounts.models import PrivateLink, Purpose
from core.clock import now
from core.db import session
from core.errors import Gone, NotFound
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.conftest import Mailbox
from tests.factories import make_company, make_person

PASSWORD = "sete chaves na gaveta"


@pytest.fixture
def ana(app: object) -> Person:
    make_company()
    person = make_person("Ana Lima", roles=(Role.RECRUITER,))
    open_account(person, password=PASSWORD)
    session.commit()
    return person


def main_of(text: str) -> str:
    """The page without what is new on every page: its nonce and request number."""
    return text.split("<main")[1].split("</main>")[0]


def sign_in_with(client: FlaskClient, email: str, password: str, **more: str) -> int:
    return client.post("/login", data={"email": email, "password": password, **more}).status_code


def test_the_right_password_leads_home(client: FlaskClient, ana: Person) -> None:
    answer = client.post("/login", data={"email": ana.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/home")
    assert client.get("/home").status_code == 200


def test_a_wrong_password_is_refused_with_a_sentence_and_the_address_kept(client: FlaskClient, ana: Person) -> None:
    answer = client.post("/login", data={"email": ana.email, "password": "wrong"})
    assert answer.status_code == 422
    assert "do not fit together" in answer.text
    assert ana.email in answer.text


def test_unknown_and_known_addresses_get_the_same_answer(client: FlaskClient, ana: Person) -> None:
    known = client.post("/login", data={"email": ana.email, "password": "wrong"}).text.replace(ana.email, "X")
    unknown = client.post("/login", data={"email": "nobody@example.test", "password": "wrong"}).text.replace("nobody@example.test", "X")
    assert main_of(known) == main_of(unknown)


def test_unknown_and_known_addresses_take_the_same_time(client: FlaskClient, ana: Person) -> None:
    def took(email: str) -> float:
        began = perf_counter()
        sign_in_with(client, email, "wrong")
        return perf_counter() - began

    for email in (ana.email, "nobody@example.test"):
        took(email)
    known = median(took(ana.email) for _ in range(5))
    unknown = median(took("nobody@example.test") for _ in range(5))
    assert unknown > known / 3, "an unknown address answers much faster: somebody could list accounts"


def test_too_many_wrong_passwords_lock_the_account_for_a_while(client: FlaskClient, ana: Person) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        sign_in_with(client, ana.email, "wrong")
    assert sign_in_with(client, ana.email, PASSWORD) == 422
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert sign_in_with(client, ana.email, PASSWORD) == 302


def test_the_session_begins_anew_at_sign_in(client: FlaskClient, ana: Person) -> None:
    with client.session_transaction() as cookie:
        cookie["planted"] = "by an attacker"
    sign_in_with(client, ana.email, PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie


@pytest.mark.parametrize(
    "target", ["//evil.test", "https://evil.test/", "javascript:alert(1)", "/\\evil.test", "\\\\evil.test", "/%0d%0aSet-Cookie:x\r\n"]
)
def test_sign_in_leads_only_to_our_own_pages(client: FlaskClient, ana: Person, target: str) -> None:
    answer = client.post("/login", data={"email": ana.email, "password": PASSWORD, "next": target})
    assert answer.location == "/home" or answer.location.startswith("/%")


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(client: FlaskClient, ana: Person) -> None:
    answer = client.get("/people?words=ana")
    assert answer.status_code == 302
    page = client.get(answer.location)
    assert 'value="/people?words=ana"' in page.text


def test_signing_out_takes_a_post_and_ends_the_session(client: FlaskClient, ana: Person) -> None:
    sign_in_with(client, ana.email, PASSWORD)
    assert client.get("/logout").status_code == 200
    assert client.get("/home").status_code == 200
    client.post("/logout")
    assert client.get("/home").status_code == 302


def test_asking_for_a_new_password_says_the_same_for_everybody(client: FlaskClient, ana: Person, mailbox: Mailbox) -> None:
    known = client.post("/password/forgotten", data={"email": ana.email})
    unknown = client.post("/password/forgotten", data={"email": "nobody@example.test"})
    assert known.status_code == unknown.status_code == 200
    assert main_of(known.text) == main_of(unknown.text)
    assert [mail.name for mail in mailbox.to(ana)] == ["password_reset"]
    assert len(mailbox) == 1


def link_in(text: str) -> str:
    return next(word for word in text.split() if "/password/new/" in word or "/invitation/" in word).removeprefix("http://localhost")


def test_a_new_password_ends_every_older_session_and_spends_the_link(client: FlaskClient, ana: Person, mailbox: Mailbox) -> None:
    sign_in_with(client, ana.email, PASSWORD)
    client.post("/password/forgotten", data={"email": ana.email})
    link = link_in(mailbox.to(ana)[-1].text)
    other = client.application.test_client()
    for _ in range(5):
        assert other.get(link).status_code == 200, "looking at the link must not spend it"
    answer = other.post(link, data={"password": "outra frase bem longa", "again": "outra frase bem longa"})
    assert answer.status_code == 302
    assert client.get("/home").status_code == 302, "the older session still works"
    assert other.get(link).status_code == 410
    assert sign_in_with(client.application.test_client(), ana.email, PASSWORD) == 422
    assert sign_in_with(client.application.test_client(), ana.email, "outra frase bem longa") == 302


@pytest.mark.parametrize(
    ("password", "sentence"), [("short", "at least 10"), ("person", "at least 10"), ("aaaaaaaaaaaa", "too easy"), ("1234567890", "too easy")]
)
def test_a_weak_password_is_refused_and_the_link_still_works(
    client: FlaskClient, ana: Person, mailbox: Mailbox, password: str, sentence: str
) -> None:
    client.post("/password/forgotten", data={"email": ana.email})
    link = link_in(mailbox.to(ana)[-1].text)
    answer = client.post(link, data={"password": password, "again": password})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert client.get(link).status_code == 200


def test_an_invitation_opens_the_account(client: FlaskClient, app: object, mailbox: Mailbox) -> None:
    make_company()
    person = make_person("Bia Nunes", roles=(Role.NEW_HIRE,))
    invite(person, by=None)
    link = link_in(mailbox.to(person)[-1].text)
    answer = client.post(link, data={"password": "uma frase comprida", "again": "uma frase comprida"})
    assert answer.location == "/home"
    assert client.get("/home").status_code == 200


def test_a_later_invitation_makes_the_earlier_useless(client: FlaskClient, app: object, mailbox: Mailbox) -> None:
    make_company()
    person = make_person("Bia Nunes", roles=(Role.NEW_HIRE,))
    invite(person, by=None)
    invite(person, by=None)
    first, second = (link_in(mail.text) for mail in mailbox.to(person))
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_links_are_refused_when_expired_altered_or_meant_for_something_else(app: object) -> None:
    person = make_person("Caio Prado")
    token = issue_link(Purpose.APPLICATION, person=person)
    session.flush()
    assert read_link(token, purpose=Purpose.APPLICATION).person_id == person.id
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token + "A", "", "0"):
        with pytest.raises(NotFound):
            read_link(wrong, purpose=Purpose.APPLICATION)
    with pytest.raises(NotFound):
        read_link(token, purpose=Purpose.OFFER)
    with time_machine.travel(now() + timedelta(days=181)), pytest.raises(Gone):
        read_link(token, purpose=Purpose.APPLICATION)


def test_tokens_are_kept_as_hashes_only(app: object) -> None:
    token = issue_link(Purpose.OFFER, person=make_person("Davi Reis"))
    session.flush()
    kept = session.scalars(select(PrivateLink)).all()
    assert kept
    assert all(token not in str(vars(link)) for link in kept)


def test_private_pages_send_no_referrer_and_are_not_kept(client: FlaskClient, ana: Person) -> None:
    for path in ("/password/new/unknown", "/invitation/unknown", "/my-offer/unknown", "/my-application/unknown"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_wrong_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/login", headers={"Host": "evil.test"}).status_code == 400


def test_a_form_without_its_token_is_refused(client_with_csrf: FlaskClient, ana: Person) -> None:
    answer = client_with_csrf.post("/login", data={"email": ana.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert "Reload it" in answer.text


def test_roles_taken_away_count_from_the_next_request(client: FlaskClient, ana: Person, sign_in: Callable[[Person], Person]) -> None:
    from core.people.actions import end_role

    sign_in(ana)
    assert client.get("/applications").status_code == 200
    end_role(get_person_by_key(ana.id), Role.RECRUITER, by=None)
    assert client.get("/applications").status_code == 403
