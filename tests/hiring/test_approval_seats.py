"""An approver who leaves while an approval waits for them: seen plainly, and somebody else is named without undoing what others said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.accounts.actions import open_account
from core.audit.models import AuditEvent
from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.people.actions import end_role, grant_role
from core.people.models import Employment, Person
from core.people.rights import Role
from hiring.approval_seats.actions import name_approver
from hiring.approval_seats.queries import VacantSeat, get_vacant_seat, stuck_seats, vacant_seats
from hiring.approvals.actions import PlannedStep, save_template
from hiring.approvals.models import ApprovalKind, Hindrance
from hiring.approvals.queries import get_template
from hiring.offers.actions import approve_offer, change_offer, draft_offer
from hiring.offers.actions import ask_for_approval as ask
from hiring.offers.models import Offer, OfferState
from hiring.requisitions import approving
from hiring.requisitions.models import RequisitionState
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.hiring.test_approvals import Chained, fresh
from tests.hiring.test_requisitions import Scene as PeopleWanted
from tests.situations import a_colleague

SignIn = Callable[[Person], Person]


def the_vacant_seat(viewer: Person) -> VacantSeat:
    session.flush()
    session.expire_all()
    (vacant,) = vacant_seats(fresh(viewer))
    return vacant


def address_of(vacant: VacantSeat) -> str:
    return f"/approvals/{vacant.chain.public_id}/seats/{vacant.seat.public_id}"


def half_approved(scene: Chained) -> Offer:
    """An offer out of band: the manager and one of the two executives needed have approved."""
    return scene.yes(scene.yes(scene.asked(), scene.manager), scene.second)


def leave_alone(scene: Chained) -> None:
    """Nobody but the second executive is left in the board."""
    for person in (scene.executive, scene.third):
        end_role(fresh(person), Role.EXECUTIVE, by=None)


def test_a_recruiter_sees_who_left_names_another_and_what_others_approved_still_counts(
    client: FlaskClient, sign_in: SignIn, app: object, mailbox: Mailbox
) -> None:
    scene = Chained(salary=2_000_000)
    offer = half_approved(scene)
    end_role(fresh(scene.executive), Role.EXECUTIVE, by=None)
    another = a_colleague("Nina Prado", Role.EXECUTIVE)
    sign_in(scene.recruiter)
    page = client.get(f"/offers/{offer.public_id}").text
    assert "may no longer approve" in page and page.count("Name somebody else") == 1
    assert "Somebody who is asked can no longer decide." in page
    address = address_of(the_vacant_seat(scene.recruiter))
    assert address in page
    form = client.get(address).text
    assert "Nina Prado" in form and "Otávio Melo may no longer approve" in form
    assert "Bruna Sá</option>" not in form and "Caio Luz</option>" not in form  # they have seats in this step already
    before = len([mail for mail in mailbox if mail.name == "offer_approval_wanted"])
    assert client.post(address, data={"person": str(another.public_id), "reason": " "}).status_code == 422
    assert client.post(address, data={"person": str(scene.second.public_id), "reason": "x"}).status_code == 422
    answer = client.post(address, data={"person": str(another.public_id), "reason": "Otávio moved to another team"})
    assert answer.status_code == 302 and answer.location == f"/offers/{offer.public_id}"
    asked = [mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"][before:]
    told = [mail for mail in mailbox if mail.name == "approver_named"]
    assert asked == [another.email] and [mail.to_address for mail in told] == [another.email]
    assert "Otávio moved to another team" in told[0].text
    event = session.scalars(select(AuditEvent).where(AuditEvent.name == "hiring.approval.seat_given")).one()
    assert event.changes["person"] == [scene.executive.id, another.id]
    assert "Cláudia Reis: approved" in client.get(f"/offers/{offer.public_id}").text
    assert client.get(address).status_code == 404  # nobody is missing any more
    offer = scene.yes(scene.found(offer), another)
    assert offer.state is OfferState.APPROVED


@pytest.mark.parametrize("how", ["employment", "account", "right"])
def test_who_left_is_out_of_account_or_right_holds_an_approval_up(app: object, how: str) -> None:
    scene = Chained()
    scene.asked()
    assert vacant_seats(fresh(scene.recruiter)) == []
    day = today()
    make_employment(scene.manager)
    employment = session.scalars(select(Employment).where(Employment.person_id == scene.manager.id)).one()
    employment.valid_from = day - timedelta(days=400)
    if how == "employment":
        employment.valid_to = day - timedelta(days=1)
    elif how == "account":
        open_account(fresh(scene.manager)).closed_at = now()
    else:
        end_role(fresh(scene.manager), Role.MANAGER, by=None)
    expected = {"employment": Hindrance.LEFT, "account": Hindrance.ACCOUNT_CLOSED, "right": Hindrance.NO_RIGHT}
    assert the_vacant_seat(scene.recruiter).hindrance is expected[how]


def test_whose_last_day_is_today_still_decides_and_who_left_does_not_though_their_roles_are_still_there(app: object) -> None:
    scene = Chained()
    offer = scene.asked()
    make_employment(scene.manager)
    employment = session.scalars(select(Employment).where(Employment.person_id == scene.manager.id)).one()
    employment.valid_from, employment.valid_to = today() - timedelta(days=400), today()
    session.flush()
    assert vacant_seats(fresh(scene.recruiter)) == []
    employment.valid_to = today() - timedelta(days=1)
    session.flush()
    with pytest.raises(NotAllowed):
        approve_offer(scene.found(offer), by=fresh(scene.manager), version=offer.version)


def test_the_name_under_the_letter_follows_the_approver_the_offer_named(app: object) -> None:
    scene = Chained()
    steps = [PlannedStep("Board", (scene.executive,))]
    save_template(get_template(scene.template.public_id), kind=ApprovalKind.OFFER, department=None, steps=steps, by=fresh(scene.executive))
    offer = scene.asked()
    leave_alone(scene)
    name_approver(the_vacant_seat(scene.recruiter), to=fresh(scene.second), reason="He left", by=fresh(scene.recruiter))
    assert scene.found(offer).approver.id == scene.second.id
    assert scene.yes(scene.found(offer), scene.second).state is OfferState.APPROVED


def test_nobody_names_themselves_the_author_who_changed_the_terms_or_who_spoke_already(app: object) -> None:
    scene = Chained(salary=2_000_000)
    both = a_colleague("Rui Dois", Role.RECRUITER, Role.EXECUTIVE)
    offer = draft_offer(scene.application, terms=scene.terms(salary=2_000_000), by=fresh(scene.recruiter))
    change_offer(scene.found(offer), terms=scene.terms(salary=2_100_000), by=fresh(both), version=offer.version)
    ask(scene.found(offer), by=fresh(scene.recruiter), version=offer.version)
    scene.yes(scene.found(offer), scene.manager)
    end_role(fresh(scene.executive), Role.EXECUTIVE, by=None)
    grant_role(fresh(scene.recruiter), Role.EXECUTIVE, by=None)
    interviewer = a_colleague("Iara Luz", Role.INTERVIEWER)
    other = a_colleague("Sara Luz", Role.RECRUITER, Role.EXECUTIVE)
    for person, by in (
        (scene.recruiter, scene.recruiter),
        (other, other),
        (both, scene.recruiter),
        (scene.third, scene.recruiter),
        (interviewer, scene.recruiter),
        (scene.executive, scene.recruiter),
    ):
        with pytest.raises(Invalid, match="no other part"):
            name_approver(the_vacant_seat(scene.recruiter), to=fresh(person), reason="x", by=fresh(by))
    with pytest.raises(NotAllowed):
        name_approver(the_vacant_seat(scene.recruiter), to=fresh(other), reason="x", by=fresh(interviewer))


def test_a_seat_whose_person_can_decide_is_nobodys_to_give_and_one_that_was_decided_stays(app: object) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.asked()
    another = a_colleague("Nina Prado", Role.EXECUTIVE)
    seat = scene.chain(offer).steps[0].seats[0]
    with pytest.raises(NotFound):
        get_vacant_seat(scene.chain(offer).public_id, seat.public_id, viewer=fresh(scene.recruiter))
    end_role(fresh(scene.manager), Role.MANAGER, by=None)
    vacant = the_vacant_seat(scene.recruiter)
    grant_role(fresh(scene.manager), Role.MANAGER, by=None)  # and back again before the other page was sent
    with pytest.raises(WrongState):
        name_approver(vacant, to=fresh(another), reason="Left", by=fresh(scene.recruiter))
    scene.yes(scene.found(offer), scene.manager)
    end_role(fresh(scene.manager), Role.MANAGER, by=None)
    assert vacant_seats(fresh(scene.recruiter)) == []
    with pytest.raises(WrongState):
        name_approver(vacant, to=fresh(another), reason="Left", by=fresh(scene.recruiter))


def test_a_step_that_waits_its_turn_is_given_too_and_asked_when_it_comes(app: object, mailbox: Mailbox) -> None:
    scene = Chained(salary=2_000_000)
    offer = scene.asked()
    end_role(fresh(scene.third), Role.EXECUTIVE, by=None)
    another = a_colleague("Nina Prado", Role.EXECUTIVE)
    assert stuck_seats(fresh(scene.recruiter)) == []  # it is not their turn, and two others are enough
    name_approver(the_vacant_seat(scene.recruiter), to=fresh(another), reason="Left", by=fresh(scene.recruiter))
    assert another.email not in {mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"}
    scene.yes(scene.found(offer), scene.manager)
    assert another.email in {mail.to_address for mail in mailbox if mail.name == "offer_approval_wanted"}


def test_who_asked_and_the_administrators_find_what_is_stuck_on_their_page_without_pay(client: FlaskClient, sign_in: SignIn, app: object) -> None:
    scene = Chained(salary=2_000_000)
    half_approved(scene)
    end_role(fresh(scene.executive), Role.EXECUTIVE, by=None)
    session.flush()
    assert stuck_seats(fresh(scene.recruiter)) == []  # one of two that are left is enough
    leave_alone(scene)
    another = a_colleague("Nina Prado", Role.EXECUTIVE)
    colleague, administrator = a_colleague("Rita Luz", Role.RECRUITER), a_colleague("Ada Luz", Role.ADMINISTRATOR)
    assert len(stuck_seats(fresh(scene.recruiter))) == 2 and stuck_seats(fresh(colleague)) == []
    seats = vacant_seats(fresh(administrator))
    assert len(seats) == 2
    sign_in(administrator)
    assert "Name somebody else to approve" in client.get("/home").text
    page = client.get("/approval-chains").text
    assert address_of(seats[0]) in page and "20,000" not in page
    form = client.get(address_of(seats[0])).text
    assert "Nina Prado" in form and "20,000" not in form
    answer = client.post(address_of(seats[0]), data={"person": str(another.public_id), "reason": "Both left"})
    assert answer.location == "/approval-chains" and client.get(answer.location).status_code == 200
    assert stuck_seats(fresh(scene.recruiter)) == []
    for role in (Role.INTERVIEWER, Role.MANAGER, Role.HR):
        sign_in(a_colleague("Zeca Luz", role))
        assert client.get(address_of(seats[1])).status_code == 404
        assert client.post(address_of(seats[1]), data={"person": str(another.public_id), "reason": "x"}).status_code == 404


def test_a_requisition_goes_on_with_another_approver_too(client: FlaskClient, sign_in: SignIn, app: object, mailbox: Mailbox) -> None:
    scene = PeopleWanted()
    approving.ask_for_approval(scene.found(), by=scene.by(scene.recruiter))
    end_role(fresh(scene.manager), Role.MANAGER, by=None)
    sign_in(scene.recruiter)
    page = client.get(f"/requisitions/{scene.id}").text
    vacant = the_vacant_seat(scene.recruiter)
    assert "may no longer approve" in page and address_of(vacant) in page
    assert "Somebody who is asked can no longer decide." in page
    answer = client.post(address_of(vacant), data={"person": str(scene.executive.public_id), "reason": "Marcos left"})
    assert answer.location == f"/requisitions/{scene.id}"
    assert scene.executive.email in {mail.to_address for mail in mailbox if mail.name == "requisition_approval_asked"}
    approving.decide_requisition(scene.found(), approve=True, by=scene.by(scene.executive))
    assert scene.state() is RequisitionState.APPROVED
