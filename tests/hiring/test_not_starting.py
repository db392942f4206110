"""Somebody accepts and does not start: what acceptance brought about is taken back, and the opening is free again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.documents.models import Standing
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Employment, Person
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from hiring.applications.actions import mark_hired
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import get_application, hired_count
from hiring.insight.counting import count_insight
from hiring.insight.models import InsightCount, Measure
from hiring.not_starting.actions import note_not_started
from hiring.offers.actions import withdraw_offer
from hiring.offers.models import Offer, OfferState
from hiring.postings.models import PostingState
from hiring.postings.queries import get_posting
from hiring.publishing.actions import open_posting, pause_posting
from hiring.requisitions.models import OpeningState, RequisitionState
from onboarding.checklists.models import Checklist, ChecklistKind, ChecklistState
from tests.conftest import Mailbox
from tests.factories import make_employment
from tests.hiring.test_offers import Scene
from tests.hiring.test_requisitions import Scene as PeopleWanted
from tests.situations import a_colleague, a_place, an_application

SignIn = Callable[[Person], Person]
WHY = "Another company was faster."


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def note(scene: Scene, reason: str = WHY, by: Person | None = None) -> None:
    session.flush()
    session.expire_all()
    person = get_person((by or scene.recruiter).public_id)
    note_not_started(get_application(scene.application.public_id, viewer=person), reason=reason, by=person)
    session.flush()
    session.expire_all()


def accepted(scene: Scene) -> Offer:
    offer = scene.accept(scene.offer(OfferState.SENT))
    session.flush()
    return offer


def test_who_does_not_start_is_hired_no_more_and_the_posting_waits_to_be_opened(scene: Scene, run_jobs: Callable[[], int]) -> None:
    offer = accepted(scene)
    run_jobs()
    posting = scene.found(offer).application.posting
    assert (posting.state, hired_count(posting)) == (PostingState.FILLED, 1)
    note(scene)
    application = get_application(scene.application.public_id, viewer=get_person(scene.recruiter.public_id))
    assert (application.state, application.posting.state, hired_count(application.posting)) == (
        ApplicationState.WITHDRAWN,
        PostingState.PAUSED,
        0,
    )
    found = scene.found(offer)
    assert (found.state, found.moves[-1].reason) == (OfferState.WITHDRAWN, WHY)
    assert found.document is not None
    assert found.signed_document is not None
    assert {found.document.standing(on=today()), found.signed_document.standing(on=today())} == {Standing.REVOKED}
    session.commit()
    names = session.scalars(select(AuditEvent.name).order_by(AuditEvent.id)).all()
    assert {"hiring.application.did_not_start", "core.employment.never_begun", "onboarding.checklist.cancelled"} <= set(names)
    recruiter = get_person(scene.recruiter.public_id)
    open_posting(get_posting(posting.public_id, viewer=recruiter), by=recruiter)
    assert session.scalars(select(Offer.state)).all() == [OfferState.WITHDRAWN]


def test_onboarding_and_employment_did_not_begin_and_the_invitation_opens_nothing(scene: Scene, client: FlaskClient, mailbox: Mailbox) -> None:
    offer = accepted(scene)
    person = scene.application.candidate.person
    invitation = next(word for mail in mailbox.to(person) if mail.name == "invitation" for word in mail.text.split() if "/invitation/" in word)
    assert find_employment(person, on=offer.starts_on) is not None
    note(scene)
    states = {row.kind: row.state for row in session.scalars(select(Checklist).order_by(Checklist.id))}
    assert states == {ChecklistKind.JOINING: ChecklistState.CANCELLED, ChecklistKind.LEAVING: ChecklistState.RUNNING}  # what is to be taken back
    found = get_person(person.public_id)
    assert find_employment(found, on=offer.starts_on) is None
    assert Role.NEW_HIRE not in found.roles
    session.commit()
    assert client.get(invitation.removeprefix("http://localhost")).status_code == 410
    assert [mail.name for mail in mailbox.to(found)][-1] == "not_starting_noted"


def test_a_colleague_who_does_not_move_stays_where_they_work(scene: Scene) -> None:
    person = scene.application.candidate.person
    make_employment(person, manager=scene.manager, location=a_place(), starts_on=today() - timedelta(days=400))
    accepted(scene)
    note(scene)
    found = get_person(person.public_id)
    rows = session.scalars(select(Employment).where(Employment.person_id == found.id, Employment.superseded_at.is_(None))).all()
    assert [row.valid_to for row in rows] == [None]


def test_figures_count_nobody_who_did_not_start_as_hired(scene: Scene) -> None:
    accepted(scene)
    count_insight()
    hired = select(InsightCount.number).where(
        InsightCount.measure.in_((Measure.HIRE_DAYS, Measure.FILL_DAYS, Measure.SOURCE_HIRED))
        | ((InsightCount.measure == Measure.REACHED) & (InsightCount.label == "hired"))
    )
    assert len(session.scalars(hired).all()) == 4
    note(scene)
    count_insight()
    assert session.scalars(hired).all() == []


def test_the_opening_and_its_requisition_are_open_again_and_filled_by_another(app: object) -> None:
    wanted = PeopleWanted()
    posting = wanted.opened()
    first, second = an_application(posting), an_application(posting)
    third = an_application(posting)
    mark_hired(first, by=None)
    mark_hired(second, by=None)
    assert (wanted.state(), posting.state) == (RequisitionState.FILLED, PostingState.FILLED)
    recruiter = wanted.by(wanted.recruiter)
    note_not_started(get_application(first.public_id, viewer=recruiter), reason=WHY, by=recruiter)
    requisition = wanted.found()
    assert [opening.state for opening in requisition.openings] == [OpeningState.OPEN, OpeningState.FILLED]
    assert (requisition.state, session.get_one(type(posting), posting.id).state) == (RequisitionState.APPROVED, PostingState.PAUSED)
    mark_hired(get_application(third.public_id, viewer=wanted.by(wanted.recruiter)), by=None)
    assert wanted.state() is RequisitionState.FILLED
    assert [opening.application_id for opening in wanted.found().openings] == [third.id, second.id]


def test_it_is_noted_once_with_a_reason_by_who_writes_offers(scene: Scene) -> None:
    accepted(scene)
    with pytest.raises(Invalid):
        note(scene, reason=" ")
    with pytest.raises(NotAllowed):
        note(scene, by=scene.manager)
    note(scene)
    with pytest.raises(WrongState):
        note(scene)


def test_an_accepted_offer_is_not_withdrawn_by_its_own_button_nor_a_filled_posting_paused(scene: Scene) -> None:
    offer = scene.found(accepted(scene))
    with pytest.raises(WrongState, match="application"):
        withdraw_offer(offer, by=scene.recruiter, reason="No", version=offer.version)
    recruiter = get_person(scene.recruiter.public_id)
    with pytest.raises(WrongState):
        pause_posting(get_posting(scene.application.posting.public_id, viewer=recruiter), by=recruiter)


def test_the_recruiter_says_so_on_a_page_and_the_histories_tell_it(client: FlaskClient, sign_in: SignIn, scene: Scene, mailbox: Mailbox) -> None:
    accepted(scene)
    person = scene.application.candidate.person
    links = [word for mail in mailbox.to(person) for word in mail.text.split() if "/my-" in word]
    offer_link = next(word for word in links if "/my-offer/" in word).removeprefix("http://localhost")
    session.commit()
    sign_in(scene.recruiter)
    address = f"/applications/{scene.application.public_id}"
    assert f"{address}/did-not-start" in client.get(address).text
    assert client.post(f"{address}/did-not-start", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/did-not-start", data={"reason": WHY}).status_code == 302
    again = client.post(f"{address}/did-not-start", data={"reason": WHY})
    assert again.status_code == 409
    for page in (address, f"{address}/timeline"):
        shown = client.get(page).text
        assert "Did not start after accepting" in shown
        assert WHY in shown
    assert f"{address}/did-not-start" not in client.get(address).text
    assert client.get(offer_link).status_code in (404, 410), "the link to the letter opens nothing any more"


def test_who_never_applied_with_an_offer_is_noted_too(app: object) -> None:
    """A hire without an offer, as older data has: the application alone ends."""
    recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
    application: Application = an_application()
    mark_hired(application, by=None)
    note_not_started(get_application(application.public_id, viewer=recruiter), reason=WHY, by=recruiter)
    assert session.scalars(select(Application.state)).all() == [ApplicationState.WITHDRAWN]
