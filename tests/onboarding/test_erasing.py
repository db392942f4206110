"""What somebody wrote before day one goes with them when they never begin and have everything deleted."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from time_machine import travel
from werkzeug.datastructures import FileStorage

from core.audit.verify import verify_trail
from core.clock import now
from core.db import session
from core.people.queries import get_person
from core.people.rights import Role
from core.photos.actions import put_up_photo
from core.photos.models import Photo
from hiring.applications.queries import get_application
from hiring.erasure.actions import ask_for_erasure, erase_what_is_due
from hiring.not_starting.actions import note_not_started
from hiring.offers.answering import Signature, accept_offer
from hiring.offers.models import OfferState
from onboarding.checklists.actions import acknowledge, hand_in
from onboarding.checklists.models import Checklist, Task
from onboarding.policies.actions import hash_of
from onboarding.task_forms.actions import fill_form
from onboarding.task_forms.fields import FieldKind, FormField
from onboarding.task_forms.models import TaskAnswer
from onboarding.templates.actions import TaskText, add_task, begin_draft, publish_template
from onboarding.templates.models import Phase, TaskKind
from onboarding.templates.queries import get_template
from tests.core.photos.test_photos import a_picture
from tests.hiring.test_erasure import left_over
from tests.hiring.test_offers import Scene
from tests.situations import Onboarding, a_colleague, a_pdf, a_template

WORD = "canaryshirt"
FORM = TaskText(
    "About you",
    Phase.BEFORE_DAY_ONE,
    kind=TaskKind.FORM,
    key="about",
    offset_days=-3,
    fields=[FormField("shirt", "Size of shirt", FieldKind.SHORT), FormField("bank", "Bank account", FieldKind.SHORT, sensitive=True)],
)


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def hired_and_writing(scene: Scene) -> None:
    """Somebody accepts, fills in a form, reads a policy and hands in a document before day one."""
    hr = a_colleague("Helena Prado", Role.HR)
    template = get_template(a_template(hr=hr).public_id)
    begin_draft(template, by=hr)
    add_task(template, text=FORM, by=hr)
    publish_template(template, by=hr)
    offer = scene.offer(OfferState.SENT)
    accept_offer(offer, signature=Signature("Ana Souza", "203.0.113.9", "A browser", offer.document.sha256))
    session.flush()
    checklist = session.scalars(select(Checklist)).one()
    person = get_person(scene.application.candidate.person.public_id)
    found = Onboarding(checklist, person, hr, hr, hr)
    fill_form(found.task("about"), {"shirt": WORD, "bank": "12345"}, send=False, by=person)
    acknowledge(found.task("policy"), typed_name="Ana Souza", sha256=hash_of("Be honest."), by=person)
    put_up_photo(person, FileStorage(BytesIO(a_picture()), filename=f"{WORD}.jpg"), by=person)
    hand_in(found.task("document"), FileStorage(BytesIO(a_pdf(WORD)), filename=f"{WORD}.pdf"), by=person)


def test_what_was_written_before_day_one_is_deleted_with_the_person(scene: Scene, run_jobs: object) -> None:
    hired_and_writing(scene)
    person = scene.application.candidate.person
    words = (WORD, person.name.casefold(), person.email.casefold())
    assert left_over(words) >= {"onboarding_answer.value", "core_account.email"}
    session.expire_all()
    recruiter = get_person(scene.recruiter.public_id)
    note_not_started(get_application(scene.application.public_id, viewer=recruiter), reason=f"{WORD} stays where she is.", by=recruiter)
    session.expire_all()
    ask_for_erasure(get_application(scene.application.public_id, viewer=get_person(scene.recruiter.public_id)))
    with travel(now() + timedelta(days=3, minutes=1), tick=False):
        assert erase_what_is_due() == 1
        session.commit()
    assert left_over(words) == set()
    assert session.scalars(select(TaskAnswer)).all() == []
    assert session.scalars(select(Photo)).all() == []
    assert session.scalars(select(Task)).all() != []
    assert verify_trail().stands
