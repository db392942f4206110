"""Talent pools: made once, filled with a reason, and showing each viewer only whom they may see."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.pools.models import Pool, PoolMember
from tests.situations import a_colleague, an_application, an_open_posting


def test_a_pool_from_its_making_to_its_emptying(app: object, client: FlaskClient, sign_in: Callable[[Person], None]) -> None:
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    recruiter_id, manager_id = recruiter.public_id, manager.public_id
    theirs = an_application(an_open_posting(by=recruiter, hiring_manager=manager), name="Clara Nunes").public_id
    other = an_application(an_open_posting(by=recruiter), name="Dora Nunes").public_id
    sign_in(get_person(recruiter_id))
    assert "No pool yet" in client.get(f"/applications/{other}/talent-pools/add").get_data(as_text=True)
    assert client.post("/talent-pools/new", data={"name": " "}).status_code == 422
    assert client.post("/talent-pools/new", data={"name": "Prata Crédito", "purpose": "<i>Later</i>"}).status_code == 302
    assert client.post("/talent-pools/new", data={"name": "prata CREDITO"}).status_code == 409
    pool = session.scalars(select(Pool.public_id)).one()
    for application in (theirs, other, other):
        reason = {"pool": str(pool), "reason": "Second of two"}
        assert client.post(f"/applications/{application}/talent-pools/add", data=reason).status_code == 302
    refused = client.post(f"/applications/{theirs}/talent-pools/add", data={"pool": str(pool), "reason": " "})
    assert refused.status_code == 422 and "Say why" in refused.get_data(as_text=True)
    page = client.get(f"/talent-pools/{pool}").get_data(as_text=True)
    assert "Clara Nunes" in page and "Dora Nunes" in page and "&lt;i&gt;Later&lt;/i&gt;" in page and "Second of two" in page
    assert client.last_statements <= 12  # type: ignore[attr-defined]
    dora = session.scalars(select(PoolMember.public_id).order_by(PoolMember.id.desc())).first()
    sign_in(get_person(manager_id))
    page = client.get(f"/talent-pools/{pool}").get_data(as_text=True)
    assert "Clara Nunes" in page and "Dora" not in page
    assert 'class="number">1</td>' in client.get("/talent-pools").get_data(as_text=True)
    assert client.post(f"/talent-pools/{pool}/members/{dora}/remove").status_code == 404
    assert client.post(f"/applications/{other}/talent-pools/add", data={"pool": str(pool), "reason": "Mine"}).status_code == 404
    sign_in(get_person(recruiter_id))
    assert client.post(f"/talent-pools/{pool}/members/{dora}/remove").status_code == 302
    assert "Dora" not in client.get(f"/talent-pools/{pool}").get_data(as_text=True)
