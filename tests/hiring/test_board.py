"""The applications of one posting as board, table and list: the same filter, the same sight, and what others move shows by itself."""

from datetime import timedelta

import pytest

from core.clock import now
from core.db import session
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, clear_knock_out, decline_application, hold_application, take_up_application
from hiring.applications.models import DeclineReason
from hiring.applications.queries import get_application
from hiring.board.looking import Only, Wanted, wanted_in
from hiring.tags.actions import tag_candidate
from tests.hiring.crowds import copied
from tests.hiring.pages_costs import statements
from tests.situations import a_colleague, an_application, an_open_posting


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({}, Wanted()),
        ({"words": " ana\x00 ", "only": "late", "tag": "Crédito", "source": "x" * 99}, Wanted("ana", None, "Crédito", "x" * 80, Only.LATE)),
        ({"only": "everything", "stage": "7"}, Wanted()),
    ],
)
def test_what_an_address_asks_for_is_read_and_written_alike(typed, wanted):
    assert wanted_in(typed) == wanted == wanted_in(wanted.address)


def test_board_table_and_list_show_the_same_by_one_filter(client, sign_in):
    recruiter, manager = a_colleague("Renata Dias", Role.RECRUITER), a_colleague("Marcos Vidal", Role.MANAGER)
    posting = an_open_posting(by=recruiter, hiring_manager=manager)
    second = posting.stages[1]
    second.turn, second.target_days = "hiring_manager", 2
    ana, bia, caio, davi = (an_application(posting, name=name) for name in ("Ana Prado", "Bia Serra", "Caio Vale", "Davi Rocha"))
    ana.source, bia.names_hidden, davi.stage_since = "indeed", True, now() - timedelta(days=40)
    tag_candidate(caio.candidate, "Crédito", by=recruiter)
    advance_application(caio, to_stage=second, by=None)
    keys = {"posting": posting.public_id, "stage": second.public_id, "davi": davi.public_id}
    code = bia.shown_name
    session.commit()
    expected = {
        "": {"Ana Prado", code, "Caio Vale", "Davi Rocha"},
        "words=PRADO": {"Ana Prado"},
        "words=serra": set(),
        f"stage={keys['stage']}": {"Caio Vale"},
        "source=indeed": {"Ana Prado"},
        "tag=credito": {"Caio Vale"},
        "only=late": {"Davi Rocha"},
        "only=mine": {"Ana Prado", code, "Davi Rocha"},
        "only=mine&words=davi": {"Davi Rocha"},
        "only=held": set(),
        "only=knocked-out": set(),
    }
    sign_in(recruiter)
    for asked, names in expected.items():
        for address in ("board?", "applications?", "applications?view=list&"):
            page = client.get(f"/postings/{keys['posting']}/{address}{asked}").text
            assert "Bia Serra" not in page
            assert {name for name in expected[""] if f">{name}</a>" in page} == names, (address, asked)
    hold_application(get_application(keys["davi"], viewer=get_person(recruiter.public_id)), reason="Wait", until=None, by=None)
    session.commit()
    assert "Davi Rocha" in client.get(f"/postings/{keys['posting']}/applications?only=held").text
    assert "Davi Rocha" not in client.get(f"/postings/{keys['posting']}/board?only=late").text
    sent = {"everybody": "yes", "list": "posting", "posting": str(keys["posting"]), "only": "mine", "kind": "tag"}
    chosen = client.post("/bulk-actions", data=sent)
    page = client.get(chosen.location).text
    assert "Ana Prado" in page and code in page and "Caio Vale" not in page and "2 applications were chosen" in page
    sign_in(get_person(manager.public_id))
    page = client.get(f"/postings/{keys['posting']}/applications?only=mine").text
    assert "Caio Vale" in page and "Ana Prado" not in page
    sign_in(a_colleague("Sonia Reis", Role.MANAGER))
    for address in ("applications", "board", "board/changes"):
        assert client.get(f"/postings/{keys['posting']}/{address}", headers={"HX-Request": "true"}).status_code == 404


def test_pages_cost_the_same_however_many_there_are_and_an_unchanged_board_almost_nothing(client, sign_in):
    recruiter = a_colleague("Renata Dias", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    for stage in posting.stages[:2]:
        stage.screeners_needed = 1
    ana, bia = an_application(posting, name="Ana Prado"), an_application(posting, name="Bia Serra")
    tag_candidate(ana.candidate, "Crédito", by=recruiter)
    advance_application(bia, to_stage=posting.stages[1], by=recruiter, override="Seen")
    session.commit()
    keys = {"posting": posting.public_id, "ana": ana.public_id, "bia": bia.public_id}
    sign_in(recruiter)
    asked = "words=a&only=mine"
    addresses = [f"/postings/{keys['posting']}/{each}{asked}" for each in ("board?", "applications?", "applications?view=list&")]
    few = [statements(client, address) for address in addresses]
    for number in range(10):
        copied(get_application(keys["ana"], viewer=get_person(recruiter.public_id)), number)
    session.commit()
    assert [statements(client, address) for address in addresses] == few and max(few) <= 12

    def seen():
        found = client.get(f"/postings/{keys['posting']}/board").text
        return found.split("/board/changes?seen=")[1][:16]

    def changed(since):
        return client.get(f"/postings/{keys['posting']}/board/changes?seen={since}", headers={"HX-Request": "true"})

    assert 'name="tag"' in client.get(f"/postings/{keys['posting']}/board?filter=open").text
    before = seen()
    assert (changed(before).status_code, changed(before).data) == (204, b"") and client.last_statements <= 3
    assert "Ana Prado" in changed("").text and "<html" not in changed("").text
    assert client.get(f"/postings/{keys['posting']}/board/changes").status_code == 302
    recruiter = get_person(recruiter.public_id)
    advance_application(get_application(keys["bia"], viewer=recruiter), to_stage=get_application(keys["ana"], viewer=recruiter).stage, by=None)
    session.commit()
    after = seen()
    assert after != before and changed(before).status_code == 200
    decline_application(get_application(keys["bia"], viewer=get_person(recruiter.public_id)), by=None, reason=DeclineReason.OTHER)
    session.commit()
    answer = changed(after)
    assert answer.status_code == 200 and "Bia Serra" not in answer.text and "Ana Prado" in answer.text


def test_a_board_is_woken_by_what_changes_on_a_card_that_stays(client, sign_in):
    recruiter = a_colleague("Renata Dias", Role.RECRUITER)
    posting = an_open_posting(by=recruiter)
    ana = an_application(posting, name="Ana Prado")
    ana.knocked_out = True
    session.commit()
    ana_id, address = ana.public_id, f"/postings/{posting.public_id}/board"
    sign_in(recruiter)
    filters = ("", "words=ana", "only=held")

    def seen():
        return {asked: client.get(f"{address}?{asked}").text.split("changes?seen=")[1][:16] for asked in filters}

    def woken(before):
        answers = {asked: client.get(f"{address}/changes?seen={before[asked]}&{asked}", headers={"HX-Request": "true"}) for asked in filters}
        return [asked for asked, answer in answers.items() if answer.status_code == 200]

    def after(change):
        before = seen()
        assert woken(before) == []
        change(get_application(ana_id, viewer=get_person(recruiter.public_id)))
        session.commit()
        return woken(before)

    assert after(lambda ana: hold_application(ana, reason="Wait", until=None, by=None)) == list(filters)
    assert after(lambda ana: take_up_application(ana, by=None)) == list(filters)
    assert after(lambda ana: clear_knock_out(ana, by=None, reason="Seen")) == ["", "words=ana"]
    assert after(lambda ana: setattr(ana, "references_noted", 1)) == ["", "words=ana"]


@pytest.fixture
def two_recruiters():
    posting = an_open_posting(by=a_colleague("Renata Dias", Role.RECRUITER))
    return posting, a_colleague("Davi Monte", Role.RECRUITER), an_application(posting, name="Ana Prado")


@pytest.mark.parametrize("version", [None, "", "one"])
@pytest.mark.parametrize("way", ["move", "steps", "decline"])
def test_nobody_is_moved_or_declined_by_a_request_that_does_not_say_what_was_seen(client, sign_in, two_recruiters, way, version):
    posting, davi, ana = two_recruiters
    stage, key, here = posting.stages[1].public_id, ana.public_id, ana.stage_id
    session.commit()
    sign_in(davi)
    sent = {"stage": str(stage), "reason": "more_qualified", **({} if version is None else {"version": version})}
    answer = client.post(f"/applications/{key}/{way}", data=sent, headers={"X-Requested-With": "board"})
    assert answer.status_code == 422
    assert "does not say which state" in answer.text
    found = get_application(key, viewer=get_person(davi.public_id))
    assert found.stage_id == here and found.state.value == "active"


def test_the_second_mover_reads_where_the_first_one_took_the_application(client, sign_in, two_recruiters):
    posting, davi, ana = two_recruiters
    first, second, key = posting.stages[1], posting.stages[2], ana.public_id
    names, seen, renata = (first.name, second.name), ana.version, posting.recruiter
    advance_application(ana, to_stage=first, by=renata)
    target = str(second.public_id)
    session.commit()
    sign_in(davi)
    sent = {"stage": target, "version": seen}
    refused = client.post(f"/applications/{key}/move", data=sent, headers={"X-Requested-With": "board", "Accept": "application/json"})
    assert refused.status_code == 409
    assert "Renata Dias" in refused.text and names[0] in refused.text
    refused = client.post(f"/applications/{key}/steps", data={**sent, "reason": "Known to us"})
    assert refused.status_code == 409
    assert "Renata Dias" in refused.text
    decline_application(get_application(key, viewer=get_person(davi.public_id)), by=None, reason=DeclineReason.OTHER)
    session.commit()
    refused = client.post(f"/applications/{key}/move", data=sent)
    assert refused.status_code == 409 and "declined" in refused.text


def test_the_second_mover_is_not_told_of_a_move_when_there_was_none(client, sign_in, two_recruiters):
    posting, davi, ana = two_recruiters
    key, seen, target = ana.public_id, ana.version, str(posting.stages[1].public_id)
    hold_application(ana, reason="Wait", until=None, by=None)
    session.commit()
    sign_in(davi)
    refused = client.post(f"/applications/{key}/move", data={"stage": target, "version": seen})
    assert refused.status_code == 409
    assert "Somebody else changed this application" in refused.text
