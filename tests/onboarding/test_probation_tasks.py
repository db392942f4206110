"""A task "review at the end of probation" is done with whichever review looks back on the probation."""

from datetime import timedelta

import pytest

from core.clock import today
from core.people.models import EmploymentType
from core.people.rights import Role
from onboarding.checklists.queries import finished_elsewhere
from onboarding.checklists.standing import fact_of
from onboarding.moments import Moment
from onboarding.reviews.deriving import set_probation
from onboarding.reviews.models import Outcome
from onboarding.reviews.tasks import follow_reviews
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, Phase, TaskKind
from tests.onboarding.reviewing import Reviewed, a_review_near
from tests.situations import a_colleague


@pytest.fixture
def near(app: object) -> Reviewed:
    hr = a_colleague("Helena Prado", Role.HR)
    template = write_template(name="Looking back", match=Match(), by=hr)
    text = TaskText("Look back", Phase.DAY_30, kind=TaskKind.REVIEW, part=Part.MANAGER, moment=Moment.PROBATION, offset_days=29, key="probation")
    add_task(template, text=text, by=hr)
    publish_template(template, by=hr)
    return a_review_near(hr=hr)


def is_done(near: Reviewed) -> bool:
    task = near.onboarding.task("probation")
    return task.id in finished_elsewhere([fact_of(task)], on=today())


@pytest.mark.parametrize(("days", "done"), [(30, True), (60, False), (None, False)])
def test_it_is_done_with_the_review_of_the_day_on_which_probation_ends(near: Reviewed, days: int | None, done: bool) -> None:
    set_probation(EmploymentType.FULL_TIME, days=days, by=near.hr)
    near.both_send()
    near.put_forward()
    assert not is_done(near)
    near.both_sign()
    assert is_done(near) is done


def test_an_extended_probation_is_looked_back_on_in_a_review_of_its_own(near: Reviewed) -> None:
    set_probation(EmploymentType.FULL_TIME, days=30, by=near.hr)
    near.both_send()
    near.put_forward(Outcome.EXTEND, extended_to=today() + timedelta(days=60))
    near.both_sign()
    assert not is_done(near)


def test_who_is_confirmed_before_probation_ends_needs_no_other_review(near: Reviewed) -> None:
    set_probation(EmploymentType.FULL_TIME, days=45, by=near.hr)
    follow_reviews()
    near.both_send()
    near.put_forward(Outcome.CONFIRM)
    assert not is_done(near)
    near.both_sign()
    assert is_done(near)
