"""The same person again: noticed, never made one by itself, made one with everything that hangs on it, and made two again."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from time_machine import travel

from core.audit.verify import verify_trail
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotFound, WrongState
from core.files.models import StoredFile
from core.mail.models import OutgoingMail
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import mark_hired
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import get_application
from hiring.candidacy.actions import correct_contact, send_new_link
from hiring.erasure.actions import ask_for_erasure, call_back_erasure, erase_what_is_due
from hiring.interviews.actions import Plan, schedule_interview
from hiring.interviews.models import InterviewKind
from hiring.merging.actions import merge_candidates, say_that_they_differ, undo_merge
from hiring.merging.likeness import nearly_the_same_name, number_in_e164
from hiring.merging.models import Ground, Merge
from hiring.merging.noticing import CROWD
from hiring.merging.queries import get_merge, get_whole_candidate, suggestions
from hiring.messages.actions import write_to_team
from hiring.messages.models import Message
from hiring.postings.models import StageKind
from hiring.search.language import parse
from hiring.search.queries import search
from hiring.tags.actions import tag_candidate
from hiring.tags.models import CandidateTag
from tests.hiring.test_erasure import left_over
from tests.situations import a_colleague, an_application, an_open_posting


@pytest.mark.parametrize(
    ("phone", "country", "number"),
    [
        ("(11) 99999-0000", "BR", "+5511999990000"),
        ("+55 11 99999 0000", "PT", "+5511999990000"),
        ("0 11 99999-0000", "BR", "+5511999990000"),
        ("912 345 678", "PT", "+351912345678"),
        ("00351 912345678", "PT", "+351912345678"),
        ("123", "BR", ""),
        ("", "BR", ""),
        ("ask my mother", "BR", ""),
    ],
)
def test_a_number_is_compared_as_the_whole_world_dials_it(phone: str, country: str, number: str) -> None:
    assert number_in_e164(phone, country) == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Maria da Conceição", "ana conceicao", True),
        ("A. Conceição", "Ana Conceição", True),
        ("Joao Pereira", "João Pereyra", True),
        ("Pereira, João", "João Pereira", True),
        ("Ana Souza", "Bruno Reis", False),
        ("Ana Souza", "Ana Reis", False),
        ("Ana", "Ana", True),
        ("", "Ana", False),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str, same: bool) -> None:
    assert nearly_the_same_name(one, other) is same is nearly_the_same_name(other, one)


class Pair:
    """One person who applied twice: for two postings, from two addresses, with one phone."""

    def __init__(self, run_jobs, third=None):
        self.recruiter_id = a_colleague("Renata Lopes", Role.RECRUITER).public_id
        self.first_posting, self.second_posting = (
            an_open_posting(by=self.recruiter, title="Gerente"),
            an_open_posting(by=self.recruiter, title="Caixa"),
        )
        first = an_application(self.first_posting, name="Ana Conceição", email="ana@example.test")
        later = an_application(self.second_posting, name="Ana M. Conceicao", email="ana.c@example.test")
        self.first_id, self.later_id = first.public_id, later.public_id
        if third is not None:
            posting = {"Gerente": self.first_posting, "Caixa": self.second_posting}[third["title"]]
            self.third_id = an_application(posting, name=third["name"], email="third@example.test").public_id
        session.commit()
        self.run_jobs = run_jobs
        run_jobs()

    @property
    def recruiter(self):
        return get_person(self.recruiter_id)

    def candidate(self, key):
        return get_whole_candidate(key, viewer=self.recruiter)

    def application(self, key):
        return get_application(key, viewer=self.recruiter)

    def merge(self, **contact):
        first, later = self.candidate(self.first_id), self.candidate(self.later_id)
        chosen = {"name": first.person.name, "email": later.person.email, "phone": first.person.phone, **contact}
        merge = merge_candidates(first, later, contact=chosen, reason="She told me on the phone.", by=self.recruiter)
        session.commit()
        self.run_jobs()
        return session.get_one(Merge, merge.id)

    def undo(self, merge):
        undo_merge(get_merge(merge.public_id, viewer=self.recruiter), by=self.recruiter)
        session.commit()
        self.run_jobs()


@pytest.fixture
def pair(app, run_jobs):
    return Pair(run_jobs)


def test_who_applied_from_another_address_is_suggested_and_nothing_happens_by_itself(pair, client, sign_in):
    found = suggestions(pair.recruiter, number=1).rows
    assert [sorted(each.grounds) for each in found] == [["phone"]]
    assert len(session.scalars(select(Candidate)).all()) == 2 and not session.scalars(select(Merge)).all()
    sign_in(pair.recruiter)
    page = client.get(f"/applications/{pair.first_id}")
    assert "the same person?" in page.text and "Caixa" in page.text
    listed = client.get("/applications/same-person").text
    assert "Ana Conceição" in listed and "Ana M. Conceicao" in listed and "same phone" in listed
    compared = client.get(f"/applications/{pair.first_id}/same-person/{pair.later_id}")
    assert compared.text.count("@example.test") >= 4 and "1 application of Ana M. Conceicao moves to Ana Conceição" in compared.text


def test_what_tells_nothing_is_not_suggested(app, run_jobs):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    posting, other = an_open_posting(by=recruiter), an_open_posting(by=recruiter)
    for number in range(CROWD + 1):
        an_application(posting, name=f"Pessoa {number}")  # all from one telephone
    one, another, again = an_application(posting, name="Bruno Reis"), an_application(other, name="Carla Dias"), an_application(other, name="B. Reis")
    another.resume.sha256 = again.resume.sha256 = one.resume.sha256
    who = recruiter.public_id
    session.commit()
    run_jobs()
    found = suggestions(get_person(who), number=1).rows
    assert [(each.earlier.person.name, each.later.person.name, each.grounds) for each in found] == [("Bruno Reis", "B. Reis", [Ground.RESUME])]


def test_making_them_one_moves_everything_and_undoing_moves_it_back(pair, mailbox):
    later = pair.application(pair.later_id)
    write_to_team(later, "Posso mandar o diploma?")
    for key, tags in ((pair.first_id, ("Prata",)), (pair.later_id, ("Prata", "Volta"))):
        for tag in tags:
            tag_candidate(pair.application(key).candidate, tag, by=pair.recruiter)
    session.commit()
    pair.run_jobs()
    first, gone = pair.candidate(pair.first_id), pair.candidate(pair.later_id)
    keys = first.id, gone.id, first.person_id, gone.person_id
    before = _everything_that_points_at(*keys)
    merge = pair.merge()
    assert merge.kept_id == keys[0] and merge.gone_id == keys[1]
    both = session.scalars(select(Application).options(joinedload(Application.candidate).joinedload(Candidate.person))).all()
    assert {each.candidate_id for each in both} == {keys[0]}
    assert {each.candidate.person.email for each in both} == {"ana.c@example.test"} == {each.candidate.email for each in both}
    assert {row.person_id for row in session.scalars(select(StoredFile).where(StoredFile.person_id.in_(keys[2:])))} == {keys[2]}
    assert session.scalars(select(Message.author_id)).one() == keys[2]
    assert sorted(session.scalars(select(CandidateTag.candidate_id))) == sorted([keys[0], keys[0], keys[1]])  # what both carried, one keeps
    assert [row.public_id for row in search(parse("tag:volta"), pair.recruiter).rows] == [pair.later_id, pair.first_id]
    assert not suggestions(pair.recruiter, number=1).rows
    pair.undo(merge)
    assert _everything_that_points_at(*keys) == before
    assert pair.candidate(pair.first_id).person.email == "ana@example.test" and pair.candidate(pair.later_id).person.name == "Ana M. Conceicao"
    assert [row.public_id for row in search(parse("tag:volta"), pair.recruiter).rows] == [pair.later_id]
    assert not suggestions(pair.recruiter, number=1).rows  # they were made two: nobody is asked again
    with pytest.raises(WrongState, match="undone already"):
        pair.undo(merge)
    assert verify_trail().stands


def _everything_that_points_at(*keys):
    files = [tuple(row) for row in session.execute(select(StoredFile.id, StoredFile.person_id).order_by(StoredFile.id))]
    tags = [tuple(row) for row in session.execute(select(CandidateTag.id, CandidateTag.candidate_id).order_by(CandidateTag.id))]
    mails = select(OutgoingMail.id, OutgoingMail.person_id).where(OutgoingMail.name != "applications_joined").order_by(OutgoingMail.id)
    applications = [tuple(row) for row in session.execute(select(Application.id, Application.candidate_id).order_by(Application.id))]
    return files, tags, applications, [tuple(row) for row in session.execute(mails)], session.scalars(select(Message.author_id)).all()


def test_private_links_work_on_and_new_ones_go_to_the_address_that_is_kept(pair, client, mailbox):
    later = session.scalars(
        select(OutgoingMail).where(OutgoingMail.to_address == "ana.c@example.test", OutgoingMail.name == "application_received")
    ).one()
    link = urlsplit(re.search(r"\S+/my-application/\S+", later.text).group()).path
    pair.merge(email="ana@example.test")
    told = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "applications_joined")).one()
    assert told.to_address == "ana.c@example.test" and "ana@example.test" not in told.text
    assert "Caixa" in client.get(link).text
    for address in ("ana.c@example.test", "ana@example.test"):
        send_new_link(address)
    sent = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "application_new_link")).all()
    assert {mail.to_address for mail in sent} == {"ana@example.test"} and all("Gerente" in mail.text and "Caixa" in mail.text for mail in sent)


def test_a_name_corrected_on_one_page_is_found_by_every_application(pair):
    pair.merge()
    correct_contact(pair.application(pair.later_id), name="Zenaide Conceição", email="ana.c@example.test", phone="")
    session.commit()
    pair.run_jobs()
    assert {row.public_id for row in search(parse("zenaide"), pair.recruiter).rows} == {pair.first_id, pair.later_id}


def test_two_applications_to_one_posting_both_stay(app, run_jobs, client, sign_in):
    pair = Pair(run_jobs, third={"title": "Gerente", "name": "Ana Conceição"})
    third = pair.third_id
    sign_in(pair.recruiter)
    page = f"/applications/{pair.first_id}/same-person/{third}"
    assert "Both applied to the same posting" in client.get(page).text
    told = {"name": "Ana Conceição", "email": "ana@example.test", "phone": "+55 11 99999-0000"}
    refused = client.post(page, data=told)
    assert refused.status_code == 422 and "Say how you know" in refused.text
    assert client.post(page, data={**told, "email": "evil@example.test", "reason": "x"}).status_code == 422
    assert client.post(page, data={**told, "reason": "Same voice"}).status_code == 302
    found = session.scalars(select(Application).where(Application.posting_id == pair.first_posting.id)).all()
    assert len(found) == 2 and len({each.candidate_id for each in found}) == 1 and len({each.email for each in found}) == 2
    assert client.get(page).status_code == 302  # one and the same by now
    shown = client.get(f"/applications/{pair.first_id}/same-person").text
    assert "Same voice" in shown and "Undo" in shown
    merge = session.scalars(select(Merge)).one().public_id
    assert client.post(f"/merges/{merge}/undo").status_code == 302 and client.post(f"/merges/{merge}/undo").status_code == 409


def test_not_the_same_is_remembered_for_those_who_become_one_of_them_too(app, run_jobs):
    pair = Pair(run_jobs, third={"title": "Caixa", "name": "Ana Conceição Filha"})
    third = pair.third_id
    say_that_they_differ(pair.candidate(pair.later_id), pair.candidate(third), reason="Mother and daughter", by=pair.recruiter)
    session.commit()
    assert len(suggestions(pair.recruiter, number=1).rows) == 2
    merge = pair.merge()
    assert not suggestions(pair.recruiter, number=1).rows
    pair.undo(merge)
    states = sorted((each.earlier.person.name, each.later.person.name) for each in suggestions(pair.recruiter, number=1).rows)
    assert states == [("Ana Conceição", "Ana Conceição Filha")]


def test_who_does_not_see_all_of_both_with_their_names_is_not_asked(app, run_jobs, client, sign_in):
    pair = Pair(run_jobs)
    manager = a_colleague("Marcos Prado", Role.MANAGER)
    with pytest.raises(NotFound):
        get_whole_candidate(pair.first_id, viewer=manager)
    assert not suggestions(manager, number=1).rows
    sign_in(manager)
    assert client.get(f"/applications/{pair.first_id}/same-person").status_code == 404
    pair.application(pair.later_id).names_hidden = True
    session.commit()
    sign_in(pair.recruiter)
    assert not suggestions(pair.recruiter, number=1).rows
    assert client.get(f"/applications/{pair.first_id}/same-person/{pair.later_id}").status_code == 404
    for address in (f"/applications/{pair.first_id}", "/applications/same-person", f"/applications/{pair.first_id}/same-person?words=ana"):
        assert "Ana M." not in client.get(address).text


def test_two_who_spoke_with_us_at_one_hour_or_were_both_hired_are_two(pair, client, sign_in):
    begins = now() + timedelta(days=4)
    for key in (pair.first_id, pair.later_id):
        application = pair.application(key)
        stage = next(stage for stage in application.posting.stages if stage.kind is StageKind.INTERVIEW)
        other = a_colleague(f"Ivo {key.hex[:4]}", Role.INTERVIEWER)
        plan = Plan(InterviewKind.FIRST, begins, begins + timedelta(hours=1), "UTC", [other], cards_required=False)
        schedule_interview(application, stage=stage, plan=plan, by=pair.recruiter)
    session.commit()
    with pytest.raises(Conflict, match="conversation on"):
        pair.merge()
    sign_in(pair.recruiter)
    assert "conversation on" in client.get(f"/applications/{pair.first_id}/same-person/{pair.later_id}").text


def test_who_was_hired_is_kept(pair):
    mark_hired(pair.application(pair.later_id), by=None)
    session.commit()
    kept = pair.candidate(pair.later_id).id
    merge = pair.merge()
    assert merge.kept_id == kept
    with pytest.raises(Invalid):
        merge_candidates(pair.candidate(pair.first_id), pair.candidate(pair.later_id), contact={}, reason=" ", by=pair.recruiter)


def test_deleting_one_deletes_who_became_them_and_calling_back_keeps_all(pair):
    told = ("concei", "ana@ex", "ana.c@ex", "99999-0000", "she told me")
    assert left_over(told)
    merge = pair.merge()
    ask_for_erasure(pair.application(pair.later_id))
    session.commit()
    assert len(session.scalars(select(Application).where(Application.erase_at.is_not(None))).all()) == 2
    with pytest.raises(NotFound):
        pair.undo(merge)
    call_back_erasure(pair.application(pair.first_id))
    ask_for_erasure(pair.application(pair.first_id))
    session.commit()
    with travel(now() + timedelta(days=3, minutes=1), tick=False):
        assert erase_what_is_due() == 2
        session.commit()
        pair.run_jobs()
    assert not left_over(told)
    assert {person.name for person in session.scalars(select(Person).join(Candidate))} == {"-"}


def test_after_thirty_days_it_stays(pair):
    merge = pair.merge()
    with travel(now() + timedelta(days=31), tick=False), pytest.raises(WrongState, match="30 days"):
        pair.undo(merge)
