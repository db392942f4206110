"""Extra time in exams: who gives it, which exams it lengthens, and who reads why."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_failed_exam, a_learner, a_trainer, an_officer, an_open_exam, read_everything
from training.accommodations.actions import end_extra_time, grant_extra_time
from training.accommodations.models import Accommodation
from training.accommodations.policy import time_allowed
from training.catalogue.actions import ExamTerms

WHY = "canary-reason: reads with a screen magnifier"


def lasting(attempt: Any) -> timedelta:
    return attempt.deadline_at - attempt.started_at


@pytest.mark.parametrize(
    ("minutes", "percent", "allowed"), [(30, 0, 30), (30, 50, 45), (30, 25, 38), (1, 1, 2), (7, 33, 10), (30, 100, 60), (90, 300, 360)]
)
def test_extra_time_is_a_share_of_the_limit_up_to_the_next_minute(minutes: int, percent: int, allowed: int) -> None:
    assert time_allowed(minutes, percent) == timedelta(minutes=allowed)


def test_extra_time_counts_for_exams_begun_while_it_holds(app: Any) -> None:
    learner, officer = a_learner(terms=ExamTerms(item_count=4, minutes=30, attempts_allowed=9)), an_officer("Rui Officer")
    assert lasting(a_failed_exam(learner)[1]) == timedelta(minutes=30)
    grant_extra_time(learner.person, extra_percent=50, reason=WHY, by=officer)
    assert lasting(a_failed_exam(learner)[1]) == timedelta(minutes=45)
    grant_extra_time(learner.person, extra_percent=100, reason=WHY, by=officer)
    assert lasting(a_failed_exam(learner)[1]) == timedelta(minutes=60)
    end_extra_time(learner.person, by=officer)
    assert lasting(a_failed_exam(learner)[1]) == timedelta(minutes=30)


def test_an_exam_that_has_begun_keeps_its_time(app: Any) -> None:
    learner, attempt = an_open_exam()
    grant_extra_time(learner.person, extra_percent=50, reason=WHY, by=an_officer("Rui Officer"))
    session.refresh(attempt)
    assert lasting(attempt) == timedelta(minutes=30)


def test_what_was_given_before_stays_written_down_with_its_end(app: Any) -> None:
    learner, officer = a_learner(), an_officer("Rui Officer")
    for percent in (25, 50):
        grant_extra_time(learner.person, extra_percent=percent, reason=WHY, by=officer)
    kept = session.scalars(select(Accommodation).order_by(Accommodation.id)).all()
    assert [(one.extra_percent, one.ended_at is None) for one in kept] == [(25, False), (50, True)]


def test_the_audit_trail_says_how_much_and_never_why(app: Any) -> None:
    learner, officer = a_learner(), an_officer("Rui Officer")
    grant_extra_time(learner.person, extra_percent=25, reason=WHY, by=officer)
    end_extra_time(learner.person, by=officer)
    session.commit()
    written = session.scalars(select(AuditEvent).where(AuditEvent.name.like("training.accommodation.%")).order_by(AuditEvent.id)).all()
    assert [event.name for event in written] == ["training.accommodation.granted", "training.accommodation.ended"]
    assert all("canary-reason" not in str(vars(event)) for event in written)


def test_nobody_gives_themselves_extra_time(app: Any) -> None:
    officer = an_officer("Rui Officer")
    with pytest.raises(NotAllowed):
        grant_extra_time(officer, extra_percent=50, reason=WHY, by=officer)
    with pytest.raises(NotAllowed):
        grant_extra_time(officer, extra_percent=50, reason=WHY, by=a_trainer())


@pytest.mark.parametrize(("percent", "reason"), [(0, WHY), (-5, WHY), (301, WHY), (50, "  ")])
def test_extra_time_needs_a_share_in_range_and_a_reason(app: Any, percent: int, reason: str) -> None:
    with pytest.raises(Invalid):
        grant_extra_time(make_person("Nina Rocha"), extra_percent=percent, reason=reason, by=an_officer())


def test_ending_what_has_ended_is_refused(app: Any) -> None:
    with pytest.raises(WrongState):
        end_extra_time(make_person("Nina Rocha"), by=an_officer())


def test_an_officer_gives_and_ends_extra_time_by_the_pages(client: Any, sign_in: Any) -> None:
    learner, officer = a_learner(), an_officer("Rui Officer")
    sign_in(officer)
    address = f"/extra-time/people/{learner.person.public_id}"
    assert address in client.get(f"/compliance/people/{learner.person.public_id}").get_data(as_text=True)
    assert client.post(address, data={"extra_percent": "a", "reason": WHY}).status_code == 422
    assert client.post(address, data={"extra_percent": "50", "reason": WHY}).status_code == 302
    assert WHY in client.get(address).get_data(as_text=True)
    assert client.post(f"{address}/end").status_code == 302
    assert client.post(f"{address}/end").status_code == 409
    assert client.get(f"/extra-time/people/{officer.public_id}").status_code == 404


def test_the_learner_is_told_their_own_time_and_not_why(client: Any, sign_in: Any) -> None:
    learner = a_learner(terms=ExamTerms(item_count=4, minutes=40))
    read_everything(learner)
    grant_extra_time(learner.person, extra_percent=25, reason=WHY, by=an_officer("Rui Officer"))
    sign_in(learner.person)
    page = client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True)
    assert "You have 50 minutes" in page
    assert "canary-reason" not in page
    assert client.get(f"/extra-time/people/{learner.person.public_id}").status_code == 403


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.MANAGER, Role.HR])
def test_only_those_who_may_give_it_read_why(client: Any, sign_in: Any, role: Role) -> None:
    learner = a_learner()
    grant_extra_time(learner.person, extra_percent=25, reason=WHY, by=an_officer("Rui Officer"))
    sign_in(make_person("Caio Other", roles=(role,)))
    assert client.get(f"/extra-time/people/{learner.person.public_id}").status_code == 403
    assert "canary-reason" not in client.get(f"/compliance/people/{learner.person.public_id}").get_data(as_text=True)
