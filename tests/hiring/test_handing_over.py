"""A posting is handed over: who sees it and whose turn it is follow, and both sides are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.queries import get_application
from hiring.approvals.actions import PlannedStep, save_template
from hiring.approvals.models import ApprovalKind
from hiring.approvals.queries import chain_of
from hiring.handing_over.actions import hand_over
from hiring.handing_over.queries import posting_to_hand_over
from hiring.offers.actions import withdraw_offer
from hiring.offers.models import OfferState
from hiring.postings.models import MemberPart, Posting
from hiring.postings.queries import history_of
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.hiring.test_offers import Scene
from tests.situations import a_colleague, a_draft_posting, a_place

SignIn = Callable[[Person], Person]
WHY = "Davi leads another team now."


class Handing(Scene):
    """A recruiter and a manager run a posting; Rita and Paulo take over."""

    def __init__(self) -> None:
        super().__init__()
        self.posting_id = self.application.posting.public_id
        self.rita, self.paulo = a_colleague("Rita Moraes", Role.RECRUITER), a_colleague("Paulo Lins", Role.MANAGER)

    def posting(self, by: Person | None = None) -> Posting:
        session.flush()
        session.expire_all()
        return posting_to_hand_over(self.posting_id, viewer=get_person((by or self.recruiter).public_id))

    def hand_over(self, *, by: Person | None = None, **changes: object) -> Posting:
        posting = self.posting(by)
        wanted = {"recruiter": self.rita, "hiring_manager": self.paulo, "reason": WHY, "version": posting.version, **changes}
        people = {name: get_person(value.public_id) if isinstance(value, Person) else value for name, value in wanted.items()}
        hand_over(posting, by=get_person((by or self.recruiter).public_id), **people)  # type: ignore[arg-type]
        return self.posting(by)


@pytest.fixture
def scene(app: object) -> Handing:
    return Handing()


def test_recruiter_and_manager_change_and_everybody_concerned_is_told_once(scene: Handing, mailbox: Mailbox) -> None:
    posting = scene.hand_over()
    assert (posting.recruiter.name, posting.hiring_manager.name) == ("Rita Moraes", "Paulo Lins")
    parts = {member.part: member.person.name for member in posting.members}
    assert parts == {MemberPart.RECRUITER: "Rita Moraes", MemberPart.HIRING_MANAGER: "Paulo Lins"}
    for person in (scene.rita, scene.paulo, scene.manager):
        assert [mail.name for mail in mailbox.to(person)].count("posting_handed_over") == 1
    assert "posting_handed_over" not in [mail.name for mail in mailbox.to(scene.recruiter)], "who does it knows"
    (line,) = [move.reason for move in history_of(posting) if move.from_state == move.to_state]
    assert WHY in line
    session.commit()
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.name == "hiring.posting.handed_over")).all()
    assert event.changes == {"recruiter": [scene.recruiter.id, scene.rita.id], "hiring_manager": [scene.manager.id, scene.paulo.id]}


def test_sight_follows_from_the_next_request(scene: Handing, client: FlaskClient, sign_in: SignIn) -> None:
    address, applied = f"/postings/{scene.posting_id}", f"/applications/{scene.application.public_id}"
    session.commit()
    for person, before, after in ((scene.manager, 200, 404), (scene.paulo, 404, 200)):
        sign_in(get_person(person.public_id))
        assert [client.get(page).status_code for page in (address, applied)] == [before, before]
        if before == 200:
            scene.hand_over()
            session.commit()
            assert [client.get(page).status_code for page in (address, applied)] == [after, after]
            scene.hand_over(recruiter=scene.recruiter, hiring_manager=scene.manager)
            session.commit()
    scene.hand_over()
    session.commit()
    assert client.get(address).status_code == 200


def test_a_hiring_managers_step_under_way_keeps_its_seat_and_a_new_one_names_the_new_manager(scene: Handing) -> None:
    administrator = a_colleague("Ada Mendes", Role.ADMINISTRATOR)
    step = PlannedStep("Manager", (), hiring_manager=True)
    save_template(None, kind=ApprovalKind.OFFER, department=None, steps=[step], by=administrator)
    offer = scene.offer(OfferState.IN_APPROVAL)
    scene.hand_over()
    chain = chain_of(ApprovalKind.OFFER, offer.public_id)
    assert chain is not None
    assert [seat.person_id for seat in chain.steps[0].seats] == [scene.manager.id]
    withdraw_offer(scene.found(offer), by=get_person(scene.recruiter.public_id), reason="Anew")
    scene.recruiter = get_person(scene.recruiter.public_id)
    scene.manager, scene.executive = get_person(scene.paulo.public_id), get_person(scene.executive.public_id)
    scene.application = get_application(scene.application.public_id, viewer=scene.recruiter)
    chain = chain_of(ApprovalKind.OFFER, scene.offer(OfferState.IN_APPROVAL).public_id)
    assert chain is not None
    assert [seat.person_id for seat in chain.steps[0].seats] == [scene.paulo.id]


def test_what_cannot_be_handed_over_is_refused_in_a_sentence(scene: Handing) -> None:
    with pytest.raises(Invalid, match="another"):
        scene.hand_over(recruiter=scene.recruiter, hiring_manager=scene.manager)
    with pytest.raises(Invalid, match="why"):
        scene.hand_over(reason=" ")
    with pytest.raises(Invalid, match="writes postings"):
        scene.hand_over(recruiter=scene.paulo)
    with pytest.raises(Invalid, match="approves postings"):
        scene.hand_over(hiring_manager=scene.rita)
    left = make_employment(get_person(scene.paulo.public_id), location=a_place(), starts_on=today() - timedelta(days=9))
    left.valid_to = today() - timedelta(days=2)
    with pytest.raises(Invalid, match="approves postings"):
        scene.hand_over()
    with pytest.raises(Conflict):
        scene.hand_over(hiring_manager=scene.manager, version=1)
    draft = a_draft_posting(by=get_person(scene.recruiter.public_id))
    with pytest.raises(NotAllowed):
        hand_over(draft, recruiter=scene.rita, hiring_manager=scene.manager, reason=WHY, by=scene.recruiter, version=draft.version)


def test_recruiters_do_it_on_a_page_and_administrators_from_a_list(scene: Handing, client: FlaskClient, sign_in: SignIn) -> None:
    administrator = a_colleague("Ada Mendes", Role.ADMINISTRATOR)
    address = f"/postings/{scene.posting_id}/hand-over"
    version = scene.posting().version
    session.commit()
    chosen = {"recruiter": str(scene.rita.public_id), "hiring_manager": str(scene.manager.public_id), "reason": WHY, "version": version}
    sign_in(scene.manager)
    assert client.get(address).status_code == client.post(address, data=chosen).status_code == 404
    sign_in(scene.recruiter)
    assert address in client.get(f"/postings/{scene.posting_id}").text
    assert client.post(address, data={**chosen, "reason": ""}).status_code == 422
    assert client.post(address, data=chosen).status_code == 302
    assert client.post(address, data={**chosen, "hiring_manager": str(scene.paulo.public_id)}).status_code == 409
    sign_in(administrator)
    assert address in client.get("/hand-over").text
    again = {**chosen, "hiring_manager": str(scene.paulo.public_id), "version": scene.posting().version}
    assert client.post(address, data=again).location.endswith("/hand-over")
    assert scene.posting().hiring_manager.name == "Paulo Lins"
