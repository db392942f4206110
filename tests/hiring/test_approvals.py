"""Approval chains on offers: steps in order, k of n, pay out of band, stand-ins, refusals, and what changing the terms undoes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from core.clock import today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import end_role, grant_role
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.approvals.actions import PlannedStep, delegate, end_delegation, save_template
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.approvals.queries import chain_of, get_template
from hiring.offers.actions import approve_offer, ask_for_approval, change_offer, draft_offer, send_back, withdraw_offer
from hiring.offers.models import Offer, OfferState
from hiring.offers.queries import awaiting_approval_by, offers_page
from hiring.offers.sending import send_offer
from tests.conftest import Mailbox
from tests.hiring.test_offers import Scene
from tests.situations import a_colleague

DAY = timedelta(days=1)


class Chained(Scene):
    """The scene of offers with a chain of two steps: the hiring manager, then two of three executives if pay is out of band."""

    def __init__(self, *, salary: int = 950_000) -> None:
        super().__init__()
        self.salary = salary
        self.second, self.third = a_colleague("Bruna Sá", Role.EXECUTIVE), a_colleague("Caio Luz", Role.EXECUTIVE)
        self.board = (self.executive, self.second, self.third)
        steps = [PlannedStep("Manager", (), hiring_manager=True), PlannedStep("Board", self.board, 2, only_out_of_band=True)]
        self.template = save_template(None, kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(self.executive))

    def asked(self) -> Offer:
        offer = draft_offer(self.application, terms=self.terms(salary=self.salary), by=fresh(self.recruiter))
        ask_for_approval(self.found(offer), by=fresh(self.recruiter), version=offer.version)
        return self.found(offer)

    def yes(self, offer: Offer, person: Person) -> Offer:
        approve_offer(self.found(offer), by=fresh(person), version=offer.version)
        return self.found(offer)

    def chain(self, offer: Offer) -> ApprovalChain:
        found = chain_of(ApprovalKind.OFFER, offer.public_id)
        assert found is not None
        return found


def fresh(person: Person) -> Person:
    return get_person(person.public_id)


def test_pay_within_the_band_needs_the_manager_alone(app: object, mailbox: Mailbox) -> None:
    scene = Chained(salary=950_000)  # the posting says 9,000 to 12,500
    offer = scene.asked()
    assert [step.skipped for step in scene.chain(offer).steps] == [False, True]
    assert [mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"] == [scene.manager.email]
    assert [one.id for one in session.scalars(awaiting_approval_by(fresh(scene.manager)))] == [offer.id]
    assert not session.scalars(awaiting_approval_by(fresh(scene.executive))).all()
    assert scene.yes(offer, scene.manager).state is OfferState.APPROVED
    assert not session.scalars(awaiting_approval_by(fresh(scene.manager))).all()


def test_pay_out_of_band_needs_two_of_three_more_in_order(app: object, mailbox: Mailbox) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.asked()
    with pytest.raises(NotAllowed):  # the manager comes first
        approve_offer(offer, by=fresh(scene.executive), version=offer.version)
    offer = scene.yes(offer, scene.manager)
    assert {mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"} == {scene.manager.email, *(one.email for one in scene.board)}
    with pytest.raises(NotAllowed):  # nor does anybody speak twice
        approve_offer(offer, by=fresh(scene.manager), version=offer.version)
    offer = scene.yes(offer, scene.second)
    assert offer.state is OfferState.IN_APPROVAL
    with pytest.raises(Invalid):
        send_back(scene.found(offer), by=fresh(scene.third), reason="  ", version=offer.version)
    send_back(scene.found(offer), by=fresh(scene.third), reason="Too much for me", version=offer.version)
    offer = scene.found(offer)
    assert offer.state is OfferState.IN_APPROVAL  # two may still approve, so one no stops nothing and is told to nobody
    assert not [mail for mail in mailbox if mail.name == "offer_sent_back"]
    offer = scene.yes(offer, scene.executive)
    assert offer.state is OfferState.APPROVED
    with pytest.raises((Conflict, WrongState)):
        approve_offer(offer, by=fresh(scene.third), version=offer.version)


def test_a_refusal_that_leaves_too_few_sends_back_and_tells_who_asked_and_who_had_approved(app: object, mailbox: Mailbox) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.yes(scene.asked(), scene.manager)
    for person in (scene.second, scene.third):
        send_back(scene.found(offer), by=fresh(person), reason="Above our means", version=offer.version)
    offer = scene.found(offer)
    assert offer.state is OfferState.DRAFT and scene.chain(offer).state is ChainState.REJECTED
    assert {mail.to_address for mail in mailbox if mail.name == "offer_sent_back"} == {scene.recruiter.email, scene.manager.email}
    ask_for_approval(offer, by=fresh(scene.recruiter), version=offer.version)
    assert scene.chain(offer).state is ChainState.OPEN and not any(seat.decided_at for step in scene.chain(offer).steps for seat in step.seats)


def test_taking_back_what_is_approved_voids_the_approvals_and_other_terms_have_another_hash(app: object) -> None:
    scene = Chained()
    offer = scene.yes(scene.asked(), scene.manager)
    first = scene.chain(offer).subject_hash
    send_back(offer, by=fresh(scene.recruiter), reason="Starts later", version=offer.version)
    offer = scene.found(offer)
    assert scene.chain(offer).state is ChainState.VOID and scene.chain(offer).end_reason == "Starts later"
    change_offer(offer, terms=scene.terms(salary=960_000), by=fresh(scene.recruiter), version=offer.version)
    ask_for_approval(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    assert scene.chain(offer).subject_hash != first
    withdraw_offer(scene.found(offer), by=fresh(scene.recruiter), reason="Position frozen", version=offer.version)
    assert scene.chain(offer).state is ChainState.VOID
    assert not session.scalars(awaiting_approval_by(fresh(scene.manager))).all()


def test_a_changed_template_leaves_what_is_under_way_alone(app: object) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.asked()
    template = get_template(scene.template.public_id)
    save_template(template, kind=ApprovalKind.OFFER, department=None, steps=[PlannedStep("One", (scene.third,))], by=fresh(scene.executive))
    assert [step.name for step in scene.chain(offer).steps] == ["Manager", "Board"]
    scene.yes(offer, scene.manager)
    for steps in ([], [PlannedStep("Never", (scene.third,), only_out_of_band=True)], [PlannedStep("Three of one", (scene.third,), 3)]):
        with pytest.raises(Invalid):
            save_template(get_template(template.public_id), kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(scene.executive))
    with pytest.raises(NotAllowed):
        save_template(None, kind=ApprovalKind.REQUISITION, department=None, steps=[PlannedStep("Me", (scene.manager,))], by=fresh(scene.recruiter))


def test_a_stand_in_decides_on_the_days_named_and_both_names_are_kept(app: object, mailbox: Mailbox) -> None:
    scene = Chained()
    deputy = a_colleague("Dora Vaz", Role.MANAGER)
    day = today(scene.manager.time_zone)
    with pytest.raises(NotAllowed):
        delegate(scene.manager, to=deputy, from_on=day, until_on=day, by=fresh(deputy))
    with pytest.raises(Invalid):
        delegate(scene.manager, to=deputy, from_on=day, until_on=day - DAY, by=fresh(scene.manager))
    later = delegate(scene.manager, to=deputy, from_on=day + DAY, until_on=day + DAY, by=fresh(scene.manager))
    offer = scene.asked()
    with pytest.raises(NotAllowed):
        approve_offer(offer, by=fresh(deputy), version=offer.version)
    end_delegation(later, by=fresh(scene.manager))
    delegate(scene.manager, to=deputy, from_on=day, until_on=day, by=fresh(scene.manager))
    assert [one.id for one in session.scalars(awaiting_approval_by(fresh(deputy)))] == [offer.id]
    assert [one.id for one in offers_page(fresh(deputy), number=1).rows] == [offer.id]
    scene.yes(offer, deputy)
    (seat,) = scene.chain(offer).steps[0].seats
    assert (seat.person_id, seat.decided_by_id) == (scene.manager.id, deputy.id)


def test_who_asks_has_no_say_and_a_chain_nobody_could_pass_is_refused(app: object) -> None:
    scene = Chained()
    grant_role(fresh(scene.recruiter), Role.EXECUTIVE, by=None)
    steps = [PlannedStep("Recruiter", (scene.recruiter,))]
    save_template(get_template(scene.template.public_id), kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(scene.executive))
    offer = draft_offer(scene.application, terms=scene.terms(), by=fresh(scene.recruiter))
    with pytest.raises(Invalid, match="Recruiter"):
        ask_for_approval(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)


def test_who_may_not_approve_any_more_gets_no_seat_and_a_step_left_without_enough_says_who(app: object) -> None:
    scene = Chained(salary=2_000_000)
    end_role(fresh(scene.second), Role.EXECUTIVE, by=None)
    offer = scene.asked()
    board = scene.chain(offer).steps[1]
    assert {seat.person_id for seat in board.seats} == {scene.executive.id, scene.third.id}
    withdraw_offer(scene.found(offer), by=fresh(scene.recruiter), reason="again")
    end_role(fresh(scene.third), Role.EXECUTIVE, by=None)
    other = draft_offer(scene.application, terms=scene.terms(salary=scene.salary), by=fresh(scene.recruiter))
    with pytest.raises(Invalid, match="Bruna Sá, Caio Luz may not approve this"):
        ask_for_approval(scene.found(other), by=fresh(scene.recruiter), version=other.version)
    steps = [PlannedStep("Board", (scene.executive, scene.third))]
    with pytest.raises(Invalid, match="Caio Luz may not approve this"):
        save_template(None, kind=ApprovalKind.REQUISITION, department=None, steps=steps, by=fresh(scene.executive))


def test_the_pages_describe_a_chain_name_a_stand_in_and_show_who_said_what(
    client: FlaskClient, sign_in: Callable[[Person], Person], app: object
) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.yes(scene.asked(), scene.manager)
    sign_in(scene.second)
    said = client.get(f"/offers/{offer.public_id}").text
    assert "2 of 3 approve" in said and "Their turn" in said and "Cláudia Reis: approved" in said.replace("\n", " ")
    client.post(f"/offers/{offer.public_id}/approve", data={"version": offer.version})
    assert "Bruna Sá: approved" in client.get(f"/offers/{offer.public_id}").text
    edit = f"/approval-chains/{scene.template.public_id}/edit"
    assert "Board" in client.get(edit).text
    wrong = client.post(edit, data={"kind": "offer", "steps-0-name": "Alone", "steps-0-needed": "2", "steps-0-people": str(scene.third.public_id)})
    assert wrong.status_code == 422 and "needs 2 approvals and has 1 people" in wrong.text and 'value="Alone"' in wrong.text
    fine = {"kind": "offer", "steps-0-name": "Alone", "steps-0-needed": "1", "steps-0-people": str(scene.third.public_id)}
    assert client.post(edit, data=fine).status_code == 302
    assert client.post("/approval-chains/new", data=fine).status_code == 422  # there is one for the whole company already
    assert "Caio Luz" in client.get("/approval-chains").text and "Board" not in client.get("/approval-chains").text
    day = today("America/Sao_Paulo")
    client.post("/my-stand-in", data={"delegate": str(scene.third.public_id), "from_on": day, "until_on": day + DAY})
    assert "Caio Luz, from" in client.get("/my-stand-in").text


def test_a_recruiter_who_sits_in_the_chain_refuses_there_and_everybody_is_told(app: object, mailbox: Mailbox) -> None:
    scene = Chained()
    both = a_colleague("Rui Dois", Role.RECRUITER, Role.MANAGER)
    steps = [PlannedStep("First", (scene.executive,)), PlannedStep("Second", (both,))]
    save_template(get_template(scene.template.public_id), kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(scene.executive))
    offer = scene.yes(scene.asked(), scene.executive)
    send_back(offer, by=fresh(both), reason="Not at this pay", version=offer.version)
    assert scene.chain(offer).state is ChainState.REJECTED
    assert {mail.to_address for mail in mailbox if mail.name == "offer_sent_back"} == {scene.recruiter.email, scene.executive.email}


def test_a_letter_that_cannot_be_made_is_not_put_up_for_approval(app: object) -> None:
    scene = Chained()
    offer = draft_offer(scene.application, terms=scene.terms(benefits="", letter="{{benefits}}"), by=fresh(scene.recruiter))
    with pytest.raises(Invalid, match="benefits"):
        ask_for_approval(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    assert scene.found(offer).state is OfferState.DRAFT


def test_what_is_sent_is_what_was_approved(app: object) -> None:
    scene = Chained()
    offer = scene.yes(scene.asked(), scene.manager)
    scene.found(offer).location.name = "Another place altogether"
    session.flush()
    with pytest.raises(Conflict, match="ask for approval again"):
        send_offer(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)


def test_who_changed_the_terms_has_no_say_in_their_approval(app: object) -> None:
    scene = Chained()
    both = a_colleague("Rui Dois", Role.RECRUITER, Role.EXECUTIVE)
    steps = [PlannedStep("Board", (scene.executive, both))]
    save_template(get_template(scene.template.public_id), kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(scene.executive))
    delegate(fresh(scene.executive), to=both, from_on=today("Etc/GMT+12"), until_on=today("Etc/GMT-14") + DAY, by=fresh(scene.executive))
    offer = draft_offer(scene.application, terms=scene.terms(), by=fresh(scene.recruiter))
    change_offer(scene.found(offer), terms=scene.terms(salary=5_000_000), by=fresh(both), version=offer.version)
    ask_for_approval(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    assert [seat.person_id for seat in scene.chain(offer).steps[0].seats] == [scene.executive.id]
    assert list(session.scalars(awaiting_approval_by(fresh(both)))) == []
    with pytest.raises(NotAllowed):
        approve_offer(scene.found(offer), by=fresh(both), version=offer.version)
    assert scene.yes(offer, scene.executive).state is OfferState.APPROVED


def test_only_those_who_can_decide_are_asked_stand_ins_too(app: object, mailbox: Mailbox) -> None:
    scene = Chained(salary=2_000_000)
    deputy = a_colleague("Dora Vaz", Role.EXECUTIVE)
    delegate(fresh(scene.second), to=deputy, from_on=today("Etc/GMT+12"), until_on=today("Etc/GMT-14") + DAY, by=fresh(scene.second))
    offer = scene.asked()
    for person in (deputy, scene.third):
        end_role(fresh(person), Role.EXECUTIVE, by=None)
    scene.yes(offer, scene.manager)
    asked = {mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"}
    assert asked == {scene.manager.email, scene.executive.email, scene.second.email}
