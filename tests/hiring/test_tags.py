"""Tags on candidates: put on, found again whatever their accents, taken off, by those who see the application alone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.queries import get_application
from hiring.tags.actions import tag_candidate, untag_candidate
from hiring.tags.models import CandidateTag, Tag
from hiring.tags.queries import get_tag, tags_for
from tests.situations import a_colleague, an_application, an_open_posting


def test_one_tag_whatever_case_and_accents_and_once_only(app: object) -> None:
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    candidate = an_application(an_open_posting(by=recruiter)).candidate
    credit = tag_candidate(candidate, " #Crédito  Rural ", by=recruiter)
    assert (credit.name, credit.folded) == ("Crédito Rural", "credito rural")
    assert tag_candidate(candidate, "credito rural", by=recruiter).id == credit.id
    assert session.scalar(select(func.count()).select_from(CandidateTag)) == 1
    for wrong in ("", " # ", "x" * 41):
        with pytest.raises(Invalid):
            tag_candidate(candidate, wrong, by=recruiter)
    manager = a_colleague("Outra Gestora", Role.MANAGER)  # of no team of this posting
    with pytest.raises(NotAllowed):
        tag_candidate(candidate, "boa", by=manager)
    with pytest.raises(NotAllowed):
        untag_candidate(candidate, credit, by=manager)
    untag_candidate(candidate, credit, by=recruiter)
    untag_candidate(candidate, credit, by=recruiter)
    assert (tags_for(candidate).carried, [tag.id for tag in tags_for(candidate).others]) == ([], [credit.id])


def test_tags_stand_and_change_on_the_application_page(app: object, client: FlaskClient, sign_in: Callable[[Person], None]) -> None:
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    application = an_application(an_open_posting(by=recruiter))
    address, application_id, recruiter_id = f"/applications/{application.public_id}", application.public_id, recruiter.public_id
    sign_in(recruiter)
    client.post(f"{address}/tags", data={"name": "<b>Silver</b>"})
    page = client.get(address).get_data(as_text=True)
    assert "&lt;b&gt;Silver&lt;/b&gt;" in page and "<b>Silver" not in page
    tag_id = session.scalars(select(Tag.public_id)).one()
    assert client.post(f"{address}/tags", data={"name": " "}).status_code == 422
    assert client.post(f"{address}/tags/{tag_id}/remove").status_code == 302
    loaded = get_application(application_id, viewer=get_person(recruiter_id))
    assert tags_for(loaded.candidate).carried == []
    assert get_tag(tag_id).name == "<b>Silver</b>"
    sign_in(a_colleague("Outra Gestora", Role.MANAGER))
    assert client.post(f"{address}/tags", data={"name": "mine"}).status_code == 404
