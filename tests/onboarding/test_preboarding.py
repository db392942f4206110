"""Before day one an account opens its own onboarding and nothing else; on day one it opens the rest."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from time_machine import travel

from core.clock import today
from core.db import session
from core.people.models import Person, RoleGrant
from core.people.moving import start_of_day
from core.people.queries import get_person, standing_employment
from core.people.rights import Right, Role
from core.web.access import declared_access
from hiring.offers.models import OfferState
from home.people.changing import move_start
from tests.core.photos.test_photos import a_picture
from tests.factories import make_employment
from tests.hiring.test_offers import Scene
from tests.situations import Onboarding, a_colleague, a_place, a_running_checklist
from tests.threats.world import addresses

SignIn = Callable[[Person], Person]


def a_new_hire_before_day_one(starts_in: int = 10) -> Onboarding:
    """Somebody who has accepted and begins in some days."""
    found = a_running_checklist(starts_in=starts_in)
    begins_at = start_of_day(found.checklist.starts_on, a_place())
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == found.new_hire.id)).one()
    grant.begins_at = begins_at
    session.flush()
    session.expire(found.new_hire)
    return found


def test_before_day_one_every_other_page_is_closed(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    """Every address there is, with the ids of all there is, is asked for."""
    found = a_new_hire_before_day_one()
    other = a_running_checklist(name="Otto Reis", hr=found.hr)
    sign_in(get_person(found.new_hire.public_id))
    own = {f"/onboarding/tasks/{task}" for task in _task_ids(found)}
    opened = set()
    router = app.url_map.bind("localhost")
    for address in addresses(app):
        endpoint, _values = router.match(address.split("?")[0], method="GET")
        if isinstance(declared_access(app, endpoint), Right):
            answer = client.get(address)
            if answer.status_code not in (403, 404):
                opened.add(address)
    assert "/onboarding/mine" in opened
    assert opened <= {"/onboarding/mine", "/onboarding/reminders/mine", "/photos/mine", *own}, opened
    for task in _task_ids(other):
        assert client.get(f"/onboarding/tasks/{task}").status_code == 404


def _task_ids(found: Onboarding) -> list[Any]:
    return [found.task(key).public_id for key in ("document", "laptop", "contract", "hello", "policy", "talk", "lunch", "shadowing")]


def test_before_day_one_the_steps_can_be_done_and_the_page_leads_nowhere_closed(client: FlaskClient, sign_in: SignIn) -> None:
    from lxml import html

    found = a_new_hire_before_day_one()
    sign_in(get_person(found.new_hire.public_id))
    assert client.get("/").location == "/onboarding/mine"
    page = client.get("/onboarding/mine")
    for link in html.document_fromstring(page.text).xpath("//a/@href"):
        if link.startswith("/") and not link.startswith("/#"):
            assert client.get(link).status_code in (200, 302), link
    assert client.post(f"/onboarding/tasks/{found.task('hello').public_id}/tick").status_code == 302
    assert found.task("hello").done_at is not None
    for task in _task_ids(found):
        shown = client.get(f"/onboarding/tasks/{task}")
        for link in html.document_fromstring(shown.text).xpath("//main//a/@href"):
            assert not link.startswith("/") or client.get(link).status_code in (200, 302), (task, link)


def test_on_day_one_at_the_place_the_rest_opens(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_new_hire_before_day_one()
    day = found.checklist.starts_on
    with travel(f"{day} 02:59:00 +0000", tick=False):  # still the day before in São Paulo
        sign_in(get_person(found.new_hire.public_id))
        assert client.get("/home").status_code == 403
    with travel(f"{day} 03:01:00 +0000", tick=False):
        sign_in(get_person(found.new_hire.public_id))
        assert client.get("/home").status_code == 200
        assert client.get("/").location == "/home"


def test_an_accepted_offer_invites_to_set_a_password_and_opens_the_onboarding(client: FlaskClient, mailbox: Any) -> None:
    scene = Scene()
    scene.accept(scene.offer(OfferState.SENT))
    mail = next(mail for mail in mailbox if mail.name == "invitation")
    address = mail.text.split("http://localhost")[1].split()[0]
    assert client.get(address).status_code == 200
    answer = client.post(address, data={"password": "quatro palavras sem relação", "again": "quatro palavras sem relação"})
    assert answer.status_code == 302, answer.text
    assert client.get(answer.location).location == "/onboarding/mine"
    assert client.get("/onboarding/mine").status_code == 200
    assert client.get("/home").status_code == 403
    person = get_person(session.scalars(select(Person.public_id).where(Person.id == mail.person_id)).one())
    assert person.roles == {Role.NEW_HIRE}
    assert person.rights == {Right.DO_OWN_TASKS, Right.FOLLOW_ONBOARDING}


def test_when_the_first_day_moves_the_day_of_the_account_moves_too(app: object) -> None:
    found = a_new_hire_before_day_one()
    employment = standing_employment(get_person(found.new_hire.public_id), on=today())
    assert employment is not None
    later = found.checklist.starts_on + timedelta(days=7)
    move_start(employment, later, by=get_person(found.hr.public_id))
    session.expire_all()
    with travel(datetime.fromisoformat(f"{later - timedelta(days=1)}T15:00:00+00:00"), tick=False):
        assert not get_person(found.new_hire.public_id).may(Right.WORK)
    with travel(datetime.fromisoformat(f"{later}T15:00:00+00:00"), tick=False):
        assert get_person(found.new_hire.public_id).may(Right.WORK)


def test_the_page_says_when_and_where_to_come_and_whom_to_ask(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_new_hire_before_day_one()
    make_employment(found.buddy, location=a_place())
    sign_in(get_person(found.hr.public_id))
    data = {"buddy": str(found.buddy.public_id), "contact": str(found.hr.public_id), "arrives_at": "08:45", "meeting_point": "Ask for Caio"}
    address = f"/onboarding/{found.checklist.public_id}/around"
    assert client.get(address).status_code == 200
    assert client.post(address, data={**data, "arrives_at": "late"}).status_code == 422
    assert client.post(address, data=data).status_code == 302
    sign_in(get_person(found.new_hire.public_id))
    text = client.get("/onboarding/mine").text
    for shown in ("08:45", "Ask for Caio", "Marcos Vidal", "Av. Paulista 1000", found.manager.email):
        assert shown in text
    assert client.get(address).status_code == 403


def test_who_is_who_shows_photos_before_day_one_and_nobody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_new_hire_before_day_one()
    stranger = a_colleague("Olga Sá", Role.BUDDY)
    for person in (found.manager, stranger):
        sign_in(person)
        client.post("/photos/mine", data={"file": (BytesIO(a_picture()), "me.jpg")}, content_type="multipart/form-data")
    sign_in(found.new_hire)
    shown = client.get("/onboarding/mine").text
    assert f'src="/onboarding/mine/photos/{found.manager.public_id}"' in shown
    assert f"photos/{found.buddy.public_id}" not in shown
    assert client.last_statements <= 12
    assert client.get(f"/onboarding/mine/photos/{found.manager.public_id}").status_code == 200
    assert client.get(f"/onboarding/mine/photos/{stranger.public_id}").status_code == 404
    assert client.get(f"/photos/{stranger.public_id}").status_code == 404  # the company is not open to them yet
    answer = client.post("/photos/mine", data={"file": (BytesIO(a_picture()), "me.jpg")}, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert client.get(f"/photos/{found.new_hire.public_id}").status_code == 200
