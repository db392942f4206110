"""People are asked for, approved by others, and each opening is filled once, by one application."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Company, Department, JobRole, Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import mark_hired
from hiring.applications.queries import get_application
from hiring.approvals.actions import PlannedStep, delegate, save_template
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import ApprovalChain, ApprovalKind, ApprovalSeat, ApprovalStep
from hiring.approvals.queries import chain_of
from hiring.offers.actions import withdraw_offer
from hiring.offers.models import OfferState
from hiring.postings.actions import Description, edit_posting
from hiring.postings.models import Posting, PostingState, SalaryPeriod
from hiring.postings.queries import get_posting, history_of
from hiring.profiles.models import RoleProfile
from hiring.publishing import actions as publishing
from hiring.requisitions import approving
from hiring.requisitions.actions import (
    Wish,
    cancel_opening,
    cancel_requisition,
    change_requisition,
    fill_opening,
    hold_back,
    resume,
    write_requisition,
)
from hiring.requisitions.band import changes_of, hash_of, is_within
from hiring.requisitions.models import Opening, OpeningState, Reason, Requisition, RequisitionState
from hiring.requisitions.queries import get_requisition, requisitions_awaiting, writers_of
from tests.hiring.pages_costs import statements
from tests.hiring.test_offers import Scene as OfferScene
from tests.hiring.test_postings import what_was_written
from tests.situations import a_colleague, a_company, a_draft_posting, a_place, an_application

S = RequisitionState
DAY = date(2031, 3, 3)


@dataclass
class Band:
    salary_from: int | None = None
    salary_to: int | None = None
    currency: str = "BRL"
    salary_period: SalaryPeriod = SalaryPeriod.MONTH
    budget: int | None = None
    openings: list[Any] = field(default_factory=list)


@pytest.mark.parametrize(
    ("wanted", "band", "within"),
    [
        (Band(), Band(), True),
        (Band(100, 200), Band(100, 200), True),
        (Band(99, 200), Band(100, 200), False),
        (Band(100, 201), Band(100, 200), False),
        (Band(100, 999), Band(100, None), True),
        (Band(None, None), Band(100, 200), True),
        (Band(150, None), Band(None, 200), True),
        (Band(150, 160, currency="EUR"), Band(100, 200), False),
        (Band(150, 160, salary_period=SalaryPeriod.HOUR), Band(100, 200), False),
        (Band(None, None, currency="EUR"), Band(100, 200), True),
    ],
)
def test_pay_lies_within_the_band_or_not(wanted, band, within):
    assert is_within(wanted, band) is within


def test_what_was_approved_is_told_from_what_may_change():
    assert changes_of(Band(1, 2), vars(Band(1, 3, budget=5))) == ["salary_to", "budget"]
    assert changes_of(Band(1, 2), vars(Band(1, 2))) == []


class Scene:
    """A recruiter asks for two people; a manager and one of two executives approve."""

    def __init__(self, **changes: Any) -> None:
        a_company()
        self.recruiter, self.manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
        self.executive, self.second = a_colleague("Elisa Tavares", Role.EXECUTIVE), a_colleague("Otto Braga", Role.EXECUTIVE)
        self.role, self.department = JobRole(name=f"Gerente {uuid4()}"), Department(name=f"Negócios {uuid4()}")
        session.add_all([self.role, self.department])
        session.flush()
        requisition = write_requisition(self.wish(more=(DAY, DAY + timedelta(days=30)), **changes), by=self.recruiter)
        self.id = requisition.public_id

    def wish(self, **changes: Any) -> Wish:
        terms: dict[str, Any] = {
            "title": "Gerente de Relacionamento", "reason": Reason.GROWTH, "job_role": self.role, "department": self.department,
            "location": a_place(), "hiring_manager": self.manager, "salary_from": 900_000, "salary_to": 1_200_000,
        }  # fmt: skip
        return Wish(**{**terms, **changes})

    def same(self, requisition: Requisition, **changes: Any) -> Wish:
        return self.wish(kept={row.public_id: row.starts_on for row in requisition.openings_in(OpeningState.OPEN)}, **changes)

    def found(self) -> Requisition:
        session.expire_all()
        return get_requisition(self.id, viewer=get_person(self.recruiter.public_id))

    def state(self) -> RequisitionState | None:
        return session.scalar(select(Requisition.state).where(Requisition.public_id == self.id))

    def by(self, person: Person) -> Person:
        return get_person(person.public_id)

    def approved(self) -> Requisition:
        approving.ask_for_approval(self.found(), by=self.by(self.recruiter))
        approving.decide_requisition(self.found(), approve=True, by=self.by(self.manager))
        return self.found()

    def opened(self) -> Posting:
        recruiter = self.by(self.recruiter)
        posting = approving.make_posting(self.approved(), by=recruiter)
        posting.summary = posting.responsibilities = posting.qualifications = "x"
        posting.criteria += a_draft_posting(by=recruiter).criteria
        session.flush()
        posting = get_posting(posting.public_id, viewer=self.by(self.recruiter))
        publishing.ask_for_approval(posting, by=self.by(self.recruiter))
        publishing.approve_posting(posting, by=self.by(self.manager))
        publishing.open_posting(posting, by=self.by(self.recruiter))
        return posting


def test_a_requisition_is_written_approved_in_order_sent_back_and_becomes_a_posting(client, sign_in, mailbox):
    scene = Scene()
    steps = [PlannedStep("Manager", (), hiring_manager=True), PlannedStep("Board", (scene.executive, scene.second))]
    save_template(None, kind=ApprovalKind.REQUISITION, department=None, steps=steps, by=scene.by(scene.executive))
    recruiter, manager, executive, second = (scene.by(person) for person in (scene.recruiter, scene.manager, scene.executive, scene.second))
    outsider = a_colleague("Outra Gerente", Role.MANAGER)
    base = f"/requisitions/{scene.id}"

    sign_in(recruiter)
    written = {
        **what_was_written(client.get("/requisitions/new").text), "title": "Two for the counter", "reason": "replacement",
        "job_role": scene.role.public_id, "department": scene.department.public_id, "location": a_place().public_id,
        "hiring_manager": manager.public_id, "salary_period": "month", "salary_from": "10", "salary_to": "9", "budget": "250.000",
    }  # fmt: skip
    refused = client.post("/requisitions/new", data=written)
    assert refused.status_code == 422 and "The range ends below its beginning." in refused.text
    refused = client.post("/requisitions/new", data={**written, "salary_to": "11"})
    assert refused.status_code == 422 and "openings: give each its first day" in refused.text
    kept = client.post("/requisitions/new", data={**written, "salary_to": "11", "openings-1-starts_on": "2031-05-05"})
    assert kept.status_code == 302 and "R$" in client.get(kept.location).text
    assert client.post(f"{base}/submit").status_code == 302
    assert [mail.name for mail in mailbox.to(manager)] == ["requisition_approval_asked"] and mailbox.to(executive) == []
    assert client.post(f"{base}/approve").status_code == 403
    assert client.post(f"{base}/posting").status_code == 403

    sign_in(outsider)
    assert client.get(base).status_code == 404 and client.post(f"{base}/approve").status_code == 404
    assert client.post(f"{base}/edit").status_code == 404
    sign_in(manager)
    assert "Decide on a requisition" in client.get("/home").text
    assert "It waits for your decision" in client.get(base).text
    assert client.post(f"{base}/approve").status_code == 302
    sign_in(executive)
    assert client.post(f"{base}/send-back", data={"reason": " "}).status_code == 422
    assert client.post(f"{base}/send-back", data={"reason": "Wait for the budget"}).status_code == 302
    sign_in(second)
    assert client.post(f"{base}/send-back", data={"reason": "Wait for the budget"}).status_code == 302
    assert [mail.name for mail in mailbox.to(manager)] == ["requisition_approval_asked", "requisition_sent_back"]
    assert "Wait for the budget" in mailbox.to(recruiter)[-1].text
    sign_in(recruiter)
    assert client.post(f"{base}/submit").status_code == 302
    assert client.post(f"{base}/take-back").status_code == 302 and client.post(f"{base}/submit").status_code == 302
    for person in (manager, second):
        sign_in(person)
        assert client.post(f"{base}/approve").status_code == 302
    assert client.post(f"{base}/approve").status_code == 409
    assert mailbox.to(recruiter)[-1].name == "requisition_approved"
    sign_in(recruiter)
    assert "Approved: the search can begin" in client.get(base).text
    assert client.post(f"{base}/hold", data={"reason": "Later"}).status_code == 302
    assert "On hold: its posting takes no applications" in client.get(base).text and client.post(f"{base}/posting").status_code == 403
    assert client.post(f"{base}/resume").status_code == 302 and client.post(f"{base}/resume").status_code == 403
    assert "outside the range" not in client.get(base).text
    made = client.post(f"{base}/posting")
    assert made.status_code == 302 and client.get(made.location).status_code == 200
    assert client.post(f"{base}/posting").status_code == 409
    posting = session.scalars(select(Posting).where(Posting.requisition_id.is_not(None))).one()
    assert (posting.openings, posting.salary_from, posting.salary_to, posting.state) == (2, 900_000, 1_200_000, PostingState.DRAFT)
    profile = RoleProfile(job_role_id=posting.job_role_id, title="T", salary_from=100, salary_to=200)
    session.add(profile)
    assert "Pay lies outside the range" in client.get(base).text
    for address in ("/requisitions", base, f"{base}/edit", f"/postings/{posting.public_id}"):
        assert statements(client, address) <= 12, address


def test_other_pay_or_more_openings_need_approval_again_and_fewer_do_not(app):
    scene = Scene()
    requisition, recruiter = scene.approved(), scene.by(scene.recruiter)
    assert all(opening.approved for opening in requisition.openings)
    posting = approving.make_posting(requisition, by=recruiter)
    change_requisition(requisition, scene.same(requisition, justification="Better words"), by=recruiter, version=requisition.version)
    assert requisition.state is S.APPROVED
    with pytest.raises(Conflict):
        change_requisition(requisition, scene.same(requisition), by=recruiter, version=1)

    requisition = scene.found()
    change_requisition(requisition, scene.same(requisition, more=(DAY,)), by=scene.by(scene.recruiter), version=requisition.version)
    assert (requisition.state, [opening.approved for opening in requisition.openings].count(True), posting.openings) == (S.DRAFT, 2, 2)
    assert session.scalars(select(ApprovalChain.state)).one() is ChainState.VOID
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    before = hash_of(scene.found())
    with pytest.raises(NotAllowed):
        change_requisition(requisition, scene.same(requisition), by=scene.by(scene.recruiter), version=requisition.version)
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    assert hash_of(scene.found()) == before
    posting = session.scalars(select(Posting).where(Posting.requisition_id.is_not(None))).one()
    assert posting.openings == 3

    requisition = scene.found()
    cancel_opening(requisition.openings[0], requisition, reason="", by=scene.by(scene.recruiter))
    assert (requisition.state, posting.openings) == (S.APPROVED, 2)
    pay = scene.same(requisition, salary_to=1_300_000)
    change_requisition(requisition, pay, by=scene.by(scene.recruiter), version=requisition.version)
    assert requisition.state is S.DRAFT


def test_the_posting_keeps_to_what_the_requisition_was_approved_with(app):
    scene = Scene()
    recruiter = scene.by(scene.recruiter)
    requisition = scene.approved()
    posting = get_posting(approving.make_posting(requisition, by=recruiter).public_id, viewer=recruiter)
    said: dict[str, Any] = {
        "title": "T", "job_role": scene.role, "department": scene.department, "location": a_place(), "hiring_manager": scene.manager,
    }  # fmt: skip
    for changes in ({"salary_to": 1_200_001, "openings": 2}, {"salary_from": 899_999, "openings": 2}, {"openings": 3}):
        with pytest.raises(Invalid):
            edit_posting(posting, Description(**said, **changes), by=recruiter, version=posting.version)
    edit_posting(posting, Description(**said, salary_from=1_000_000, openings=2), by=recruiter, version=posting.version)

    company = session.scalars(select(Company)).one()
    company.needs_requisition = True
    bare = a_draft_posting(by=scene.by(scene.recruiter))
    with pytest.raises(Invalid, match="approved requisition"):
        publishing.ask_for_approval(bare, by=scene.by(scene.recruiter))


def test_each_opening_is_filled_once_the_earliest_first_and_the_last_fills_posting_and_requisition(app):
    scene = Scene()
    posting = scene.opened()
    first, second, third = (an_application(posting) for _number in range(3))
    mark_hired(first, by=None)
    again = fill_opening(posting, first, by=None)
    assert again is not None and (again.starts_on, again.application_id) == (DAY, first.id)
    assert (scene.state(), posting.state) == (S.APPROVED, PostingState.OPEN)
    mark_hired(second, by=None)
    assert (scene.state(), posting.state) == (S.FILLED, PostingState.FILLED)
    with pytest.raises(Conflict):
        mark_hired(third, by=None)
    assert session.scalars(select(Opening.application_id).order_by(Opening.starts_on)).all() == [first.id, second.id]
    bare = a_draft_posting(by=scene.by(scene.recruiter))
    assert fill_opening(bare, third, by=None) is None


def test_giving_up_what_is_left_fills_the_posting_and_giving_up_everything_pauses_it(app, mailbox):
    scene = Scene()
    posting = scene.opened()
    an_application(posting, name="Bia Nunes")
    mark_hired(an_application(posting), by=None)
    requisition = scene.found()
    left = requisition.openings_in(OpeningState.OPEN)[0]
    cancel_opening(left, requisition, reason="Less to do", by=scene.by(scene.recruiter))
    assert (requisition.state, posting.state, posting.openings) == (S.FILLED, PostingState.FILLED, 1)
    told = [mail for mail in mailbox if mail.name == "posting_filled"]
    assert [mail.to_address for mail in told] == [scene.recruiter.email], "who still waits for an answer is said to the recruiter"

    other = Scene()
    posting = other.opened()
    with pytest.raises(Invalid):
        hold_back(other.found(), reason="", by=other.by(other.recruiter))
    hold_back(other.found(), reason="No budget this month", by=other.by(other.recruiter))
    assert (other.state(), posting.state) == (S.ON_HOLD, PostingState.PAUSED)
    posting = get_posting(posting.public_id, viewer=other.by(other.recruiter))
    with pytest.raises(Invalid, match="on hold"):
        publishing.open_posting(posting, by=other.by(other.recruiter))
    resume(other.found(), by=other.by(other.manager))
    publishing.open_posting(posting, by=other.by(other.recruiter))
    assert (other.state(), posting.state) == (S.APPROVED, PostingState.OPEN)
    with pytest.raises(Invalid):
        cancel_requisition(other.found(), reason=" ", by=other.by(other.recruiter))
    with pytest.raises(NotAllowed):
        cancel_requisition(other.found(), reason="No", by=other.by(other.executive))
    cancel_requisition(other.found(), reason="Budget cut", by=other.by(other.recruiter))
    assert (other.found().state, posting.state) == (S.CANCELLED, PostingState.PAUSED)
    posting = get_posting(posting.public_id, viewer=other.by(other.recruiter))
    with pytest.raises(Invalid, match="cancelled"):
        publishing.open_posting(posting, by=other.by(other.recruiter))


def test_the_list_costs_the_same_for_many(client, sign_in):
    scene = Scene()
    Scene()
    sign_in(scene.by(scene.manager))
    few = statements(client, "/requisitions")
    for _number in range(10):
        write_requisition(scene.wish(more=(today() + timedelta(days=9),)), by=scene.by(scene.recruiter))
    assert statements(client, "/requisitions") == few <= 12


def test_from_requisition_to_accepted_offer_the_opening_names_who_fills_it(client, sign_in):
    scene = Scene()
    posting = scene.opened()
    recruiter = scene.by(scene.recruiter)
    applied = an_application(posting)
    offers = object.__new__(OfferScene)
    offers.recruiter, offers.executive, offers.manager = recruiter, scene.by(scene.executive), scene.by(scene.manager)
    offers.application = get_application(applied.public_id, viewer=recruiter)
    offer = offers.offer(OfferState.SENT)
    offers.accept(offer)
    offers.accept(offers.found(offer))
    session.flush()
    requisition = scene.found()
    assert [opening.state for opening in requisition.openings] == [OpeningState.FILLED, OpeningState.OPEN]
    sign_in(scene.by(scene.recruiter))
    assert "Ana Souza" in client.get(f"/requisitions/{scene.id}").text

    cancel_requisition(scene.found(), reason="One is enough", by=scene.by(scene.recruiter))
    session.expire_all()
    states = session.scalars(select(Posting.state).where(Posting.requisition_id.is_not(None))).all()
    assert (scene.state(), states) == (S.FILLED, [PostingState.FILLED])


def test_the_opening_that_somebody_has_been_offered_is_not_given_up(client, sign_in):
    scene = Scene()
    posting = scene.opened()
    recruiter = scene.by(scene.recruiter)
    offers = object.__new__(OfferScene)
    offers.recruiter, offers.executive, offers.manager = recruiter, scene.by(scene.executive), scene.by(scene.manager)
    offers.application = get_application(an_application(posting).public_id, viewer=recruiter)
    offer = offers.offer(OfferState.SENT)
    sign_in(recruiter)
    refused = client.post(f"/requisitions/{scene.id}/cancel", data={"reason": "Budget cut"})
    assert refused.status_code == 422 and "Offers are out for more openings than would be left." in refused.text
    assert scene.state() is S.APPROVED
    requisition = scene.found()
    cancel_opening(requisition.openings[1], requisition, reason="", by=scene.by(scene.recruiter))  # one is left for the one offer
    requisition = scene.found()
    instead = scene.wish(kept={}, more=(DAY,))
    with pytest.raises(Invalid, match="Offers are out"):
        change_requisition(requisition, instead, by=scene.by(scene.recruiter), version=requisition.version)
    withdraw_offer(offers.found(offer), by=scene.by(scene.recruiter), reason="Budget")
    cancel_requisition(scene.found(), reason="Budget cut", by=scene.by(scene.recruiter))
    assert scene.state() is S.CANCELLED


def test_who_wrote_a_requisition_has_no_say_in_it_though_another_asks_for_its_approval(app):
    scene = Scene()
    scene.id = write_requisition(scene.wish(more=(DAY,)), by=scene.by(scene.manager)).public_id
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    (step,) = chain_of(ApprovalKind.REQUISITION, scene.id).steps
    assert {seat.person_id for seat in step.seats} == {scene.executive.id, scene.second.id}
    day = today("Etc/GMT+12")
    delegate(scene.by(scene.executive), to=scene.manager, from_on=day, until_on=day + timedelta(days=3), by=scene.by(scene.executive))
    with pytest.raises(NotAllowed):
        approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    assert not session.scalars(requisitions_awaiting(scene.by(scene.manager))).all()
    assert session.scalars(requisitions_awaiting(scene.by(scene.executive))).all()
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.second))
    assert scene.state() is S.APPROVED


def test_the_next_openings_of_a_filled_requisition_let_its_posting_wait_to_be_opened_again(client, sign_in):
    scene = Scene()
    posting = scene.opened()
    for name in ("Ana Souza", "Bia Nunes"):
        mark_hired(an_application(posting, name=name), by=None)
    requisition = scene.found()
    assert requisition.state is S.FILLED
    change_requisition(requisition, scene.same(requisition, more=(DAY,)), by=scene.by(scene.recruiter), version=requisition.version)
    assert scene.approved().state is S.APPROVED
    sign_in(scene.recruiter)
    page = client.get(f"/requisitions/{scene.id}").text
    assert "its posting is paused" in page and "Make the posting" not in page
    assert client.post(f"/postings/{posting.public_id}/open").status_code == 302
    found = session.scalars(select(Posting).where(Posting.public_id == posting.public_id)).one()
    assert (found.state, found.openings) == (PostingState.OPEN, 3)


def test_who_changed_pay_or_openings_has_no_say_until_that_is_approved(client, sign_in):
    scene = Scene()
    other = a_colleague("Clara Pires", Role.MANAGER)
    requisition = scene.approved()
    change_requisition(requisition, scene.same(requisition, salary_to=1_300_000), by=scene.by(scene.manager), version=requisition.version)
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    (chain,) = session.scalars(select(ApprovalChain).where(ApprovalChain.state == ChainState.OPEN)).all()
    seats = set(session.scalars(select(ApprovalSeat.person_id).join(ApprovalSeat.step).where(ApprovalStep.chain_id == chain.id)))
    assert scene.manager.id not in seats
    assert other.id in seats
    with pytest.raises(NotAllowed, match="changed its pay"):
        approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    sign_in(scene.by(scene.manager))
    assert "It waits for your decision" not in client.get(f"/requisitions/{scene.id}").text
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(other))

    requisition = scene.found()  # what was approved is settled: the manager decides on what others change next
    change_requisition(requisition, scene.same(requisition, budget=5_000_000), by=scene.by(scene.recruiter), version=requisition.version)
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    assert scene.state() is S.APPROVED


def test_another_day_or_fewer_openings_of_a_draft_count_as_changed_and_words_do_not(app):
    scene = Scene()
    requisition = scene.found()
    change_requisition(requisition, scene.same(requisition, justification="Why"), by=scene.by(scene.manager), version=requisition.version)
    assert scene.manager.id not in writers_of(scene.found())
    requisition = scene.found()
    first = requisition.openings[0]
    kept = {first.public_id: first.starts_on}
    change_requisition(requisition, scene.wish(kept=kept), by=scene.by(scene.manager), version=requisition.version)
    assert writers_of(scene.found()) == {scene.recruiter.id, scene.manager.id}


def test_the_posting_names_the_pay_its_requisition_is_approved_with_again(client, sign_in):
    scene = Scene()
    posting = scene.opened()
    offers = object.__new__(OfferScene)
    offers.recruiter, offers.executive, offers.manager = scene.by(scene.recruiter), scene.by(scene.executive), scene.by(scene.manager)
    offers.application = get_application(an_application(posting).public_id, viewer=offers.recruiter)
    offer = offers.offer(salary=1_150_000)
    sign_in(scene.by(scene.recruiter))
    assert "outside the posting" not in client.get(f"/offers/{offer.public_id}").text
    requisition = scene.found()
    pay = scene.same(requisition, salary_from=800_000, salary_to=1_000_000)
    change_requisition(requisition, pay, by=scene.by(scene.recruiter), version=requisition.version)
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    assert session.scalars(select(Posting.salary_to).where(Posting.requisition_id.is_not(None))).one() == 1_200_000
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    found = get_posting(posting.public_id, viewer=scene.by(scene.recruiter))
    assert (found.salary_from, found.salary_to) == (800_000, 1_000_000)
    assert [move.reason for move in history_of(found) if move.from_state == move.to_state] == [
        "Pay follows its requisition, which was approved again."
    ]
    session.commit()
    assert "outside the posting" in client.get(f"/offers/{offer.public_id}").text
    assert "Pay follows its requisition" in client.get(f"/postings/{posting.public_id}").text


def test_a_narrower_range_stays_where_only_openings_were_approved_again_and_no_range_stays_none(app):
    scene = Scene()
    posting = scene.opened()
    posting.salary_from = 1_000_000
    session.flush()
    requisition = scene.found()
    change_requisition(requisition, scene.same(requisition, more=(DAY,)), by=scene.by(scene.recruiter), version=requisition.version)
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    posting = session.scalars(select(Posting).where(Posting.requisition_id.is_not(None))).one()
    assert (posting.salary_from, posting.openings) == (1_000_000, 3)
    posting.salary_from = posting.salary_to = None
    session.flush()
    requisition = scene.found()
    change_requisition(requisition, scene.same(requisition, salary_to=1_300_000), by=scene.by(scene.recruiter), version=requisition.version)
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.manager))
    assert session.scalars(select(Posting.salary_to).where(Posting.requisition_id.is_not(None))).one() is None
