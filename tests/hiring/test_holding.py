"""Applications that wait on purpose, and the timeline of everything that happened to one."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.clock import now, today
from core.db import session
from core.errors import Invalid, WrongState
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, hold_application, take_up_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.blind.actions import set_screening
from hiring.notes.actions import write_note
from hiring.postings.queries import get_posting_with_stages
from hiring.references.actions import note_reference
from hiring.screening.actions import give_mark
from hiring.screening.queries import criteria_of
from tests.situations import a_colleague, an_application, an_open_posting


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Dias", Role.RECRUITER)


@pytest.fixture
def posting(recruiter):
    return an_open_posting(by=recruiter)


def found(key, viewer):
    return get_application(key, viewer=get_person(viewer.public_id))


def test_nobody_is_late_with_an_application_on_hold_and_any_move_ends_it(client, sign_in, posting, recruiter):
    key = an_application(posting, name="Ana Prado").public_id
    session.execute(update(Application).values(stage_since=now() - timedelta(days=30), applied_at=now() - timedelta(days=30)))
    pages = ("/applications", f"/applications/{key}", f"/postings/{posting.public_id}/board")
    stage = posting.stages[1].public_id
    sign_in(recruiter)
    assert all("30 days" in client.get(page).text and "on hold" not in client.get(page).text for page in pages)
    late = (today() + timedelta(days=9)).isoformat()
    assert client.post(f"/applications/{key}/hold", data={"reason": " ", "until": late}).status_code == 422
    assert "That day is over" in client.post(f"/applications/{key}/hold", data={"reason": "On leave", "until": "2020-01-01"}).text
    assert client.post(f"/applications/{key}/hold", data={"reason": "On leave", "until": late}).status_code == 302
    for page in pages:
        said = client.get(page).text
        assert "on hold" in said and "30 days" not in said
        assert client.last_statements <= 12
    assert "On leave" in client.get(f"/applications/{key}/hold").text
    session.execute(update(Application).values(held_until=today() - timedelta(days=1)))
    assert all("30 days" in client.get(page).text for page in pages)
    session.execute(update(Application).values(held_until=None))
    assert all("on hold" in client.get(page).text for page in pages)
    assert client.post(f"/applications/{key}/take-up").status_code == 302
    assert "on hold" not in client.get("/applications").text
    client.post(f"/applications/{key}/hold", data={"reason": "On leave"})
    client.post(f"/applications/{key}/move", data={"stage": str(stage), "version": found(key, recruiter).version})
    assert session.scalars(select(Application.hold_reason)).one() == "" and not found(key, recruiter).is_held


def test_only_who_decides_holds_and_only_what_is_open(client, sign_in, posting, recruiter):
    key = an_application(posting).public_id
    with pytest.raises(Invalid):
        hold_application(found(key, recruiter), reason="", until=None, by=get_person(recruiter.public_id))
    sign_in(a_colleague("Iris", Role.INTERVIEWER))
    assert client.post(f"/applications/{key}/hold", data={"reason": "x"}).status_code in (403, 404)
    take_up_application(found(key, recruiter), by=get_person(recruiter.public_id))
    decline_application(found(key, recruiter), by=get_person(recruiter.public_id), reason=DeclineReason.OTHER)
    with pytest.raises(WrongState):
        hold_application(found(key, recruiter), reason="Later", until=None, by=get_person(recruiter.public_id))


def test_the_timeline_tells_all_of_it_newest_first_and_keeps_what_is_hidden(client, sign_in, posting, recruiter):
    second = a_colleague("Beto Marcante", Role.RECRUITER)
    whole = get_posting_with_stages(posting.public_id, viewer=get_person(recruiter.public_id))
    set_screening(whole, named_from=whole.stages[2], screeners=2, by=get_person(recruiter.public_id))
    key = an_application(posting, name="Zuleica Quixadá", email="zuleica@caixapostal.test").public_id
    by = get_person(recruiter.public_id)
    application = found(key, recruiter)
    write_note(application, "Zuleica called", by=by)
    note_reference(application, referee="Rui, chefe de Zuleica", relation="", text="x", by=by)
    for criterion in criteria_of(posting.id):
        give_mark(application, criterion, mark=1, note="Too little", by=by)
    advance_application(found(key, recruiter), to_stage=whole.stages[1], by=get_person(recruiter.public_id))
    sign_in(recruiter)
    told = client.get(f"/applications/{key}/timeline").text
    assert client.last_statements <= 12
    assert all(words in told for words in ("Too little", "Noted a reference", "Wrote a note", "Mail ", "Applied"))
    assert "zuleica" not in told.casefold() and "quixad" not in told.casefold()
    assert told.index("Marked") < told.index("Applied")
    sign_in(second)
    assert "Too little" not in client.get(f"/applications/{key}/timeline").text
