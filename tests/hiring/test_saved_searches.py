"""Saved searches: kept by their owner alone, and told of once a day, of what the owner may see and has not been told of."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import now, standing_at
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import end_role
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.postings.queries import get_posting
from hiring.search.saved_models import SavedSearch
from hiring.search.saving import save_search, set_alerts, tell_of_news
from tests.conftest import Mailbox
from tests.situations import a_colleague, an_application, an_open_posting


def test_what_is_new_comes_once_a_day_and_only_what_the_owner_may_see(app: Flask, run_jobs: Callable[[], object], mailbox: Mailbox) -> None:
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    manager_id, recruiter_id = manager.public_id, recruiter.public_id
    theirs = an_open_posting(by=recruiter, hiring_manager=manager).public_id
    other = an_open_posting(by=recruiter).public_id

    def applied(posting_id: UUID, name: str) -> None:
        an_application(get_posting(posting_id, viewer=get_person(recruiter_id)), name=name)

    applied(theirs, "Antes Nunes")
    session.commit()
    run_jobs()
    manager, recruiter = get_person(manager_id), get_person(recruiter_id)
    for name, query in (("", "nunes"), ("x" * 81, "nunes"), ("Mine", ""), ("Mine", "(nunes")):
        with pytest.raises(Invalid):
            save_search(name, query, by=manager)
    saved = save_search("Nunes people", "nunes", by=manager)
    with pytest.raises(Conflict):
        save_search("Nunes people", "silva", by=manager)
    with pytest.raises(NotAllowed):
        set_alerts(saved, False, by=recruiter)
    key = saved.id

    def told() -> list[str]:
        tell_of_news(key)
        tell_of_news(key)  # a job may run twice
        session.commit()
        return [mail.text for mail in mailbox if mail.name == "saved_search_news"]

    assert told() == []  # nothing came since
    applied(theirs, "Clara Nunes"), applied(other, "Dora Nunes")
    session.commit()
    run_jobs()
    mails = told()
    assert len(mails) == 1 and "Clara Nunes" in mails[0] and "Dora" not in mails[0] and "Antes" not in mails[0]
    applied(theirs, "Eva Nunes")
    session.commit()
    run_jobs()
    assert len(told()) == 1  # once a day
    with standing_at(now() + timedelta(days=1)):
        mails = told()
        assert len(mails) == 2 and "Eva Nunes" in mails[1] and "Clara" not in mails[1]
    applied(theirs, "Fátima Nunes")
    session.commit()
    run_jobs()
    with standing_at(now() + timedelta(days=2)):
        end_role(get_person(manager_id), Role.MANAGER, by=None)
        session.commit()
        assert len(told()) == 2  # the right is gone: so is the mail


def test_saved_searches_on_the_page(app: Flask, client: FlaskClient, sign_in: Callable[[Person], None]) -> None:
    recruiter, stranger = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Outra Gestora", Role.MANAGER)
    stranger_id, recruiter_id = stranger.public_id, recruiter.public_id
    sign_in(recruiter)
    refused = client.post("/saved-searches", data={"name": " ", "q": "nunes"})
    assert refused.status_code == 422 and "needs a name" in refused.get_data(as_text=True)
    assert client.post("/saved-searches", data={"name": "<b>Nunes</b>", "q": "nunes"}).status_code == 302
    assert client.post("/saved-searches", data={"name": "<b>Nunes</b>", "q": "silva"}).status_code == 409
    page = client.get("/search?q=nunes").get_data(as_text=True)
    assert "&lt;b&gt;Nunes&lt;/b&gt;" in page and "Switch alerts off" in page and "Save this search as" not in page
    saved_id = session.scalars(select(SavedSearch.public_id)).one()
    assert client.post(f"/saved-searches/{saved_id}/alerts", data={"wanted": ""}).status_code == 302
    assert "Switch alerts on" in client.get("/search").get_data(as_text=True)
    sign_in(get_person(stranger_id))
    assert "Nunes" not in client.get("/search").get_data(as_text=True)
    assert client.post(f"/saved-searches/{saved_id}/remove").status_code == 404
    sign_in(get_person(recruiter_id))
    assert client.post(f"/saved-searches/{saved_id}/remove").status_code == 302
    assert session.scalars(select(SavedSearch)).all() == []
