"""One thing done to many applications: to those one sees, once, with a reason for each it was not done to, and taken back while letters wait."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import UUID

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import func, select

from core.audit.models import AuditEvent
from core.audit.verify import verify_trail
from core.clock import now
from core.db import session, transaction
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.jobs.models import Job, JobState
from core.mail.models import MailState, OutgoingMail
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, hold_application, withdraw_application
from hiring.applications.models import Application, ApplicationMove, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.bulk.actions import MOST, Settings, choose, set_up, start, take_back
from hiring.bulk.carrying import SLICE, carry_out_slice
from hiring.bulk.models import Bulk, BulkItem, BulkKind, BulkState, ItemState
from hiring.bulk.queries import get_bulk, keys_of, lock_bulk, tallies
from hiring.messages.models import Message
from hiring.tags.models import CandidateTag
from tests.hiring.crowds import copied
from tests.situations import a_colleague, an_application, an_open_posting

NAMES = ("Ana Prado", "Bia Serra", "Caio Vale", "Davi Rocha")


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Dias", Role.RECRUITER)


@pytest.fixture
def posting(recruiter):
    return an_open_posting(by=recruiter)


def chosen(kind, people, by):
    return choose(kind, keys_of([each.public_id for each in people], viewer=by), by=by)


def state_of(application):
    return session.scalars(select(Application.state).where(Application.public_id == application)).one()


def items(bulk_id):
    rows = session.execute(
        select(Application.public_id, BulkItem.state, BulkItem.why)
        .join(BulkItem.application)
        .join(BulkItem.bulk)
        .where(Bulk.public_id == UUID(str(bulk_id)))
    )
    return {row.public_id: (row.state, row.why) for row in rows}


def letters():
    query = select(OutgoingMail).where(OutgoingMail.name == "application_declined").order_by(OutgoingMail.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def events(name):
    return session.scalars(select(func.count()).select_from(AuditEvent).where(AuditEvent.name == name)).one()


def test_who_may_go_on_goes_on_and_the_others_stay_with_the_reason(client, sign_in, posting, recruiter):
    people = [an_application(posting, name=name) for name in NAMES]
    new, screening, interview = posting.stages[:3]
    screening.screeners_needed = 1
    advance_application(people[1], to_stage=screening, by=recruiter)
    withdraw_application(people[2], by=None)
    session.commit()
    keys = [each.public_id for each in people]
    sign_in(recruiter)
    answer = client.post("/bulk-actions", data={"application": [str(key) for key in keys], "kind": "advance", "next": "/applications?show=all"})
    assert answer.status_code == 303
    address = answer.location
    assert all(name in client.get(address).text for name in NAMES)
    assert client.post(f"{address}/settings", data={"stage": str(interview.public_id)}).status_code == 302
    page = client.get(address).text
    assert "Move 1 candidate" not in page and "needs marks by one more person" in page and "has been decided already" in page
    assert client.post(f"{address}/settings", data={"stage": ""}).status_code == 302
    page = client.get(address).text
    assert "Move 2 candidates" in page and 'href="/applications?show=all"' in page
    version = session.scalars(select(Bulk.version)).one()
    advance_application(get_application(keys[3], viewer=get_person(recruiter.public_id)), to_stage=screening, by=None)  # a colleague was quicker
    session.commit()
    assert "Move 1 candidate" in client.get(address).text
    client.post(f"{address}/start", data={"version": str(version - 1)})
    assert session.scalars(select(Bulk.state)).one() is BulkState.CHOSEN, "it was set up otherwise than that page showed"
    for _click in range(2):
        assert client.post(f"{address}/start", data={"version": str(version)}).status_code == 302
    found = items(address.rsplit("/", 1)[1])
    assert [found[key][0] for key in keys] == [ItemState.DONE, ItemState.REFUSED, ItemState.REFUSED, ItemState.REFUSED]
    assert "needs marks" in found[keys[1]][1] and "decided" in found[keys[2]][1] and "Somebody else changed" in found[keys[3]][1]
    where = {row.public_id: row.stage_id for row in session.scalars(select(Application).execution_options(populate_existing=True))}
    assert [where[key] for key in keys] == [screening.id, screening.id, new.id, screening.id]
    assert session.scalars(select(func.count()).select_from(ApplicationMove).where(ApplicationMove.from_state.is_not(None))).one() == 4
    assert events("hiring.bulk.started") == 1 and events("hiring.application.advanced") == 3 and verify_trail().stands
    page = client.get(address).text
    assert "Nothing happened to 3 of them" in page and "Ana Prado" not in client.get(f"{address}?state=refused").text
    assert "Move to a stage" in client.get("/bulk-actions").text


def test_nobody_meets_with_their_bulk_what_is_not_theirs(client, sign_in, posting, recruiter):
    manager, stranger = a_colleague("Marcos Vidal", Role.MANAGER), a_colleague("Sonia Reis", Role.MANAGER)
    own = an_open_posting(by=recruiter, hiring_manager=manager, title="Caixa")
    ana, bia = an_application(posting, name="Ana Prado"), an_application(own, name="Bia Serra")
    session.commit()
    keys = {"ana": ana.public_id, "bia": bia.public_id}
    sign_in(manager)
    assert client.post("/bulk-actions", data={"application": [str(keys["ana"]), str(keys["bia"])], "kind": "decline"}).status_code == 404
    assert client.post("/bulk-actions", data={"application": ["7"], "kind": "decline"}).status_code == 404
    assert client.post("/bulk-actions", data={"kind": "decline", "next": "//evil.test"}).location == "/applications"
    assert session.scalars(select(func.count()).select_from(Bulk)).one() == 0
    answer = client.post("/bulk-actions", data={"everybody": "yes", "show": "all", "kind": "export"})
    page = client.get(answer.location).text
    assert "Bia Serra" in page and "Ana Prado" not in page
    assert "evil" not in client.get(answer.location).text
    sign_in(stranger)
    for address in (answer.location, f"{answer.location}/progress"):
        assert client.get(address).status_code == 404
    for verb in ("settings", "start", "undo", "export"):
        assert client.post(f"{answer.location}/{verb}").status_code == 404
    with pytest.raises(NotAllowed):
        choose(BulkKind.DECLINE, [(1, 1)], by=a_colleague("Irene", Role.INTERVIEWER))
    with pytest.raises(Invalid):
        choose(BulkKind.TAG, [(1, 1)] * (MOST + 1), by=get_person(manager.public_id))
    with pytest.raises(NotFound):
        keys_of([keys["ana"]], viewer=get_person(stranger.public_id))


def test_letters_of_a_bulk_rejection_wait_and_are_called_back(client, sign_in, posting, recruiter):
    people = [an_application(posting, name=name) for name in NAMES]
    session.commit()
    keys = [each.public_id for each in people]
    sign_in(recruiter)
    address = client.post("/bulk-actions", data={"application": [str(key) for key in keys], "kind": "decline"}).location
    assert client.post(f"{address}/settings", data={"hours": "4"}).status_code == 422
    assert client.post(f"{address}/settings", data={"reason": "more_qualified", "hours": "5"}).status_code == 422
    assert client.post(f"{address}/settings", data={"reason": "more_qualified", "hours": "4", "note": "Many were close"}).status_code == 302
    assert "Decline 4 candidates" in client.get(address).text
    version = session.scalars(select(Bulk.version)).one()
    client.post(f"{address}/start", data={"version": str(version)})
    assert all(state_of(key) is ApplicationState.DECLINED for key in keys)
    assert len(letters()) == 4 and all(timedelta(hours=3) < letter.send_at - now() <= timedelta(hours=4) for letter in letters())
    page = client.get(address).text
    assert "Take it back" in page and "can be taken back" in client.get("/bulk-actions").text
    withdraw_application(get_application(keys[3], viewer=get_person(recruiter.public_id)), by=None)  # meanwhile
    session.commit()
    for _click in range(2):
        assert client.post(f"{address}/undo").status_code == 302
    assert [state_of(key) for key in keys] == [ApplicationState.ACTIVE] * 3 + [ApplicationState.WITHDRAWN]
    assert [letter.state for letter in letters()] == [MailState.CANCELLED] * 4
    assert items(address.rsplit("/", 1)[1])[keys[3]][0] is ItemState.KEPT
    assert "1 could not be taken back" in client.get(address).text
    recruiter = get_person(recruiter.public_id)
    again = chosen(BulkKind.DECLINE, [get_application(keys[0], viewer=recruiter)], recruiter)
    set_up(again, Settings(reason=DeclineReason.OTHER, hours=1), by=recruiter)
    start(again, seen_version=again.version, by=recruiter)
    with time_machine.travel(now() + timedelta(hours=2), tick=False), pytest.raises(WrongState):
        take_back(again, by=recruiter)


def test_a_worker_that_is_killed_repeats_nothing_and_leaves_nobody_out(client, sign_in, posting, recruiter, run_jobs):
    template = an_application(posting, name="Ana Prado")
    crowd = [copied(template, number) for number in range(SLICE * 2 + 4)]
    held = crowd[3]
    session.commit()
    run_jobs()
    recruiter = get_person(recruiter.public_id)
    bulk = chosen(BulkKind.DECLINE, crowd, recruiter)
    set_up(bulk, Settings(reason=DeclineReason.MORE_QUALIFIED, hours=24, text="Thank you"), by=recruiter)
    hold_application(get_application(held.public_id, viewer=recruiter), reason="Wait", until=None, by=recruiter)  # since it was chosen
    start(bulk, seen_version=bulk.version, by=recruiter)
    session.commit()
    bulk_id, keys = bulk.public_id, [each.public_id for each in crowd]
    assert bulk.state is BulkState.RUNNING and not letters()
    sign_in(recruiter)
    page = client.get(f"/bulk-actions/{bulk_id}").text
    recruiter = get_person(recruiter.public_id)
    assert 'value="0"' in page and "in the background" in page
    found = lock_bulk(bulk_id)
    carry_out_slice(found, by=get_person(recruiter.public_id))
    session.rollback()  # the worker was killed in the middle of it
    assert not letters() and set(items(bulk_id).values()) == {(ItemState.WAITING, "")}
    with transaction():
        carry_out_slice(lock_bulk(bulk_id), by=get_person(recruiter.public_id))
    assert tallies([get_bulk(bulk_id, viewer=recruiter)]).popitem()[1][ItemState.DONE] == SLICE - 1
    fragment = client.get(f"/bulk-actions/{bulk_id}/progress", headers={"HX-Request": "true"})
    assert f'value="{SLICE}"' in fragment.text and "HX-Refresh" not in fragment.headers
    run_jobs()
    assert client.get(f"/bulk-actions/{bulk_id}/progress", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    told = [letter.about for letter in letters()]
    assert len(told) == len(set(told)) == len(keys) - 1 and held.public_id not in told
    assert state_of(held.public_id) is ApplicationState.ACTIVE and "Somebody else changed" in items(bulk_id)[held.public_id][1]
    assert events("hiring.application.declined") == len(keys) - 1
    waiting = select(Job).where(Job.task == "hiring.carry_on_bulk", Job.state != JobState.DONE)
    assert session.scalars(waiting).all() == []
    client.post(f"/bulk-actions/{bulk_id}/undo")
    run_jobs()
    assert session.scalars(select(Bulk.state)).one() is BulkState.UNDONE
    assert {letter.state for letter in letters()} == {MailState.CANCELLED} and {state_of(key) for key in keys} == {ApplicationState.ACTIVE}


def test_tags_messages_and_files_keep_hidden_names_hidden(client, sign_in, posting, recruiter):
    ana, bia = (an_application(posting, name=name) for name in ("=Ana Prado", "Bia Serra"))
    bia.names_hidden = True
    session.commit()
    keys, email = [ana.public_id, bia.public_id], bia.email
    sign_in(recruiter)

    def begun(kind, **settings):
        address = client.post("/bulk-actions", data={"application": [str(key) for key in keys], "kind": kind}).location
        assert "Bia Serra" not in client.get(address).text
        assert client.post(f"{address}/settings", data=settings).status_code == 302
        assert "Bia Serra" not in client.get(address).text
        version = session.scalars(select(Bulk.version).order_by(Bulk.id.desc()).limit(1)).one()
        assert client.post(f"{address}/start", data={"version": str(version)}).status_code == 302
        page = client.get(address).text
        assert "Nothing happened" not in page and "Bia Serra" not in page
        return address

    begun("tag", tag="#Crédito")
    begun("tag", tag="credito")
    assert session.scalars(select(func.count()).select_from(CandidateTag)).one() == 2
    begun("message", message="We look at everything this week.")
    assert session.scalars(select(Message.text)).all() == ["We look at everything this week."] * 2
    mails = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "application_message")).all()
    assert len({mail.to_address for mail in mails}) == 2
    address = client.post("/bulk-actions", data={"application": [str(key) for key in keys], "kind": "export"}).location
    sent = client.post(f"{address}/export", data={"form": "csv"})
    assert sent.headers["Content-Disposition"] == "attachment; filename=applications.csv"
    rows = list(csv.reader(StringIO(sent.text.lstrip("\ufeff"))))
    assert rows[0][0] == "Candidate" and rows[1][0] == "'=Ana Prado" and "Crédito" in rows[1] and rows[2][0].startswith("Candidate ")
    assert rows[2][1:3] == ["", ""] and "Bia Serra" not in sent.text and email not in sent.text
    book = load_workbook(BytesIO(client.post(f"{address}/export", data={"form": "xlsx"}).data)).active
    assert book["A2"].value == "=Ana Prado" and book["A2"].data_type == "s" and not book["B3"].value
    assert events("hiring.bulk.exported") == 2
    assert client.post(f"{address}/start", data={"version": "1"}).status_code == 409
