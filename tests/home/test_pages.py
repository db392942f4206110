"""The home page, the directory, a person's page, accounts and the company's profile."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.accounts.models import Account
from core.clock import today
from core.db import session
from core.people.actions import end_role
from core.people.models import Person
from core.people.queries import find_company, get_person
from core.people.rights import Role
from tests.conftest import Mailbox
from tests.factories import make_company, make_employment, make_person
from tests.situations import a_colleague, an_application, an_open_posting


@pytest.fixture
def admin(app: object) -> Person:
    make_company()
    return make_person("Renata Sobral", roles=(Role.ADMINISTRATOR,))


def test_strangers_land_on_the_careers_pages_and_staff_at_home(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    assert client.get("/").location == "/careers"
    sign_in(admin)
    assert client.get("/").location == "/home"


def test_home_names_what_waits_across_postings(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    sign_in(recruiter)
    assert "Nothing waits for you" in client.get("/home").text
    an_application(an_open_posting(by=get_person(recruiter.public_id)))
    assert "1 application waits for a first look" in client.get("/home").text
    assert posting.id


def test_the_directory_finds_colleagues_by_name(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    make_employment(make_person("Beatriz Nogueira"))
    make_employment(make_person("Caio Prates"))
    sign_in(admin)
    text = client.get("/people?words=nog").text
    assert "Beatriz Nogueira" in text
    assert "Caio Prates" not in text
    assert "Nobody found" in client.get("/people?words=100%25").text


def test_colleagues_yes_candidates_no(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    colleague, candidate = make_person("Beatriz Nogueira"), make_person("Ana Souza")
    make_employment(colleague)
    sign_in(admin)
    assert client.get(f"/people/{colleague.public_id}").status_code == 200
    assert client.get(f"/people/{candidate.public_id}").status_code == 404
    sign_in(make_person("Novo Colega", roles=(Role.NEW_HIRE,)))
    assert client.get(f"/people/{colleague.public_id}").status_code == 404


def test_an_auditor_sees_the_whole_trail_of_a_person(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    person = make_person("Beatriz Nogueira")
    make_employment(person)
    sign_in(make_person("Heitor Valadão", roles=(Role.AUDITOR,)))
    text = client.get(f"/people/{person.public_id}").text
    assert "The person was added" in text
    assert "An employment was begun or changed" in text
    sign_in(admin)
    assert "The person was added" not in client.get(f"/people/{person.public_id}").text


def test_a_move_closes_one_employment_and_opens_the_next(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    person = make_person("Beatriz Nogueira")
    first = make_employment(person)
    second = make_employment(person, starts_on=today() - timedelta(days=3))
    assert first.valid_to == second.valid_from - timedelta(days=1)
    assert second.hired_on == first.valid_from
    sign_in(admin)
    assert client.get(f"/people/{person.public_id}").text.count("open") >= 1


def test_an_administrator_invites_a_colleague(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person, mailbox: Mailbox) -> None:
    sign_in(admin)
    answer = client.post("/accounts/new", data={"name": "Caio\r\nBcc: x@evil.test", "email": "caio@example.test", "locale": "pt_BR"})
    assert answer.status_code == 302
    mail = mailbox.mails[-1]
    assert mail.name == "invitation"
    assert mail.to_address == "caio@example.test"
    assert "\n" not in mail.to_name
    assert "\r" not in mail.subject
    again = client.post("/accounts/new", data={"name": "Caio Dois", "email": "CAIO@example.test", "locale": "en"})
    assert again.status_code == 422
    assert "Caio Dois" in again.text


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "two@x.test, three@y.test"])
def test_a_wrong_address_is_refused_with_the_form_filled_in(
    client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person, email: str
) -> None:
    sign_in(admin)
    answer = client.post("/accounts/new", data={"name": "Caio Prates", "email": email, "locale": "en"})
    assert answer.status_code == 422
    assert "Caio Prates" in answer.text


def test_roles_are_given_and_taken_by_another_administrator(client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person) -> None:
    colleague = make_person("Caio Prates", roles=(Role.INTERVIEWER,))
    sign_in(admin)
    assert client.post(f"/accounts/{colleague.public_id}", data={"roles": ["hr", "mentor"]}).status_code == 302
    assert get_person(colleague.public_id).roles == {Role.HR, Role.MENTOR}


def test_nobody_changes_their_own_roles_and_the_last_administrator_stays(
    client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person
) -> None:
    sign_in(admin)
    own = client.post(f"/accounts/{admin.public_id}", data={"roles": ["administrator", "recruiter"]})
    assert own.status_code == 422
    assert "Nobody changes their own roles" in own.text
    with pytest.raises(Exception, match="last administrator"):
        end_role(get_person(admin.public_id), Role.ADMINISTRATOR, by=None)
    assert get_person(admin.public_id).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("extra", [{"role": "administrator"}, {"password_hash": "x"}, {"person_id": "1"}, {"roles": "administrator"}])
def test_extra_fields_make_nobody_an_administrator(
    client: FlaskClient, sign_in: Callable[[Person], Person], admin: Person, extra: dict[str, str]
) -> None:
    sign_in(admin)
    client.post("/accounts/new", data={"name": "Caio Prates", "email": "caio@example.test", "locale": "en", **extra})
    account = session.scalars(select(Account).where(Account.email == "caio@example.test")).one()
    assert account.password_hash is None
    person = session.get_one(Person, account.person_id)
    assert get_person(person.public_id).roles == frozenset()


def test_the_companys_profile_is_what_candidates_read(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    make_company()
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    sign_in(recruiter)
    assert client.post("/company", data={"name": "Banco Aurora", "mission": "Advice as for one's own family"}).status_code == 302
    assert "Advice as for one's own family" in unescape(client.get(f"/careers/{posting.slug}").text)
    company = find_company()
    assert company is not None
    assert client.post("/company", data={"name": "", "mission": "kept"}).status_code == 422
