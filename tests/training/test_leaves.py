"""Leaves of absence: written by human resources, read by nobody else, and what they do to required training, as known on any day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.leaves.actions import LeaveFields, correct_leave, take_back_leave, write_leave
from core.leaves.models import Leave, LeaveKind
from core.people.models import Person
from core.people.moving import end_employment
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_officer
from training.completions.actions import complete
from training.compliance.standing import Standing
from training.learning.overview import requirements_of
from training.public import rederive, waiting_for
from training.requirements.models import Assignment, CompletionSource

ZONE = "America/Sao_Paulo"
CANARY = "canary-illness"


def hr(name: str = "Helena Prado") -> Person:
    return make_person(name, roles=(Role.HR,))


def at(month: int, day: int) -> time_machine.travel:
    return time_machine.travel(datetime(2026, month, day, 15, tzinfo=UTC), tick=False)


def fields(since: date, until: date | None = None, *, return_days: int = 14) -> LeaveFields:
    return LeaveFields(LeaveKind.MEDICAL, since, until, return_days, CANARY)


def since_january() -> Learner:
    """Somebody of whom a course is required since 5 January, due on 4 February."""
    with at(1, 5):
        return a_learner(starts_on=date(2026, 1, 5))


def state(learner: Learner, on: date, known_at: datetime | None = None) -> Standing:
    return requirements_of(learner.person, on=on, known_at=known_at)[0].judged.state


def test_a_leave_known_late_and_corrected_shows_what_was_known_when(app: Any) -> None:
    learner, helena = since_january(), hr()
    with at(3, 10):
        leave = write_leave(learner.person, fields(date(2026, 2, 1)), by=helena)
    with at(5, 20):
        correct_leave(leave, fields(date(2026, 2, 1), date(2026, 4, 30)), by=helena)
    february, march, june = (datetime(2026, month, 28, tzinfo=UTC) for month in (2, 3, 6))
    assert [state(learner, date(2026, 2, 20), known) for known in (february, march, june)] == [Standing.OVERDUE, Standing.ON_LEAVE, Standing.ON_LEAVE]
    assert [state(learner, date(2026, 5, 10), known) for known in (march, june)] == [Standing.ON_LEAVE, Standing.DUE_SOON]
    assert [state(learner, date(2026, 5, day), june) for day in (15, 16)] == [Standing.DUE_SOON, Standing.OVERDUE]


def test_a_leave_taken_back_never_was(app: Any) -> None:
    learner, helena = since_january(), hr()
    with at(2, 2):
        leave = write_leave(learner.person, fields(date(2026, 2, 1)), by=helena)
    with at(2, 20):
        take_back_leave(leave, by=helena)
        with pytest.raises(WrongState):
            take_back_leave(leave, by=helena)
        with pytest.raises(WrongState):
            correct_leave(leave, fields(date(2026, 2, 1)), by=helena)
    assert state(learner, date(2026, 2, 10)) is Standing.OVERDUE
    assert state(learner, date(2026, 2, 10), datetime(2026, 2, 10, tzinfo=UTC)) is Standing.ON_LEAVE


def test_what_is_assigned_is_due_after_the_return_and_nothing_waits_meanwhile(app: Any) -> None:
    learner, helena = a_learner(), hr()
    first = today(ZONE)
    write_leave(learner.person, fields(first, first + timedelta(days=60), return_days=20), by=helena)
    rederive(learner.person)
    assert session.scalars(select(Assignment.due_on)).one() == first + timedelta(days=81)
    with app.test_request_context():
        assert waiting_for(learner.person, on=first) == []
        assert [one.due_on for one in waiting_for(learner.person, on=first + timedelta(days=61))] == [first + timedelta(days=81)]


@pytest.mark.parametrize(
    ("since", "until", "return_days", "field"),
    [
        (date(2026, 3, 1), date(2026, 2, 1), 14, "valid_to"),
        (date(2025, 12, 1), None, 14, "valid_from"),  # not yet employed
        (date(2026, 3, 1), None, 181, "return_days"),
        (date(2026, 3, 1), None, -1, "return_days"),
        (date(2026, 6, 5), date(2026, 6, 6), 14, "valid_from"),  # another is written down
    ],
)
def test_days_that_cannot_be_are_refused(app: Any, since: date, until: date | None, return_days: int, field: str) -> None:
    learner, helena = since_january(), hr()
    write_leave(learner.person, fields(date(2026, 6, 1), date(2026, 6, 30)), by=helena)
    with pytest.raises(Invalid) as refused:
        write_leave(learner.person, fields(since, until, return_days=return_days), by=helena)
    assert refused.value.field == field


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_human_resources_writes_leaves_and_nobody_their_own(app: Any, role: Role) -> None:
    learner, helena = since_january(), hr()
    make_employment(helena, starts_on=date(2026, 1, 5))
    with pytest.raises(NotAllowed):
        write_leave(learner.person, fields(date(2026, 3, 1)), by=make_person("Otto Other", roles=(role,)))
    with pytest.raises(NotAllowed):
        write_leave(helena, fields(date(2026, 3, 1)), by=helena)


def test_pages_write_correct_and_take_back_and_why_stays_with_human_resources(client: Any, sign_in: Any) -> None:
    learner, helena = a_learner(), hr()
    person = learner.person.public_id
    address, first = f"/people/{person}/leaves", today(ZONE)
    sign_in(helena)
    assert address in client.get(f"/people/{person}").text
    assert client.get(address).status_code == 200
    typed = {"kind": "medical", "valid_from": first.isoformat(), "return_days": "14", "note": CANARY}
    assert client.post(address, data={**typed, "return_days": "x"}).status_code == 422
    assert client.post(address, data=typed).status_code == 302
    assert client.post(address, data=typed).status_code == 422
    assert CANARY in client.get(address).text
    leave = session.scalars(select(Leave)).one().public_id
    assert client.get(f"{address}/{leave}").status_code == 200
    assert client.post(f"{address}/{leave}", data={**typed, "valid_to": (first - timedelta(days=1)).isoformat()}).status_code == 422
    assert client.post(f"{address}/{leave}", data={**typed, "valid_to": (first + timedelta(days=9)).isoformat()}).status_code == 302
    assert client.post(f"{address}/{leave}", data=typed).status_code == 409
    sign_in(an_officer("Rui Officer"))
    evidence = client.get(f"/compliance/people/{person}").text
    assert "On leave until" in evidence and "Medical" not in evidence and CANARY not in evidence
    assert "On leave" in client.get("/compliance").text
    assert client.get(address).status_code == 403
    told = session.scalars(select(AuditEvent).where(AuditEvent.name.like("core.leave.%"))).all()
    assert len(told) == 2 and all(word not in str(vars(event)) for event in told for word in (CANARY, "medical"))
    sign_in(helena)
    latest = session.scalars(select(Leave).where(Leave.superseded_at.is_(None))).one().public_id
    assert client.post(f"{address}/{latest}/take-back").status_code == 302
    assert client.post(f"{address}/{latest}/take-back").status_code == 409
    assert client.get(f"/people/{helena.public_id}/leaves").status_code == 404
    other = make_person("Olga Nova")
    assert client.post(f"/people/{other.public_id}/leaves/{latest}/take-back").status_code == 404


def test_who_left_keeps_the_record_and_who_is_hired_again_keeps_what_is_valid(app: Any) -> None:
    learner, helena = since_january(), hr()
    with at(1, 20):
        complete(learner.person, learner.version, completed_on=date(2026, 1, 20), by=None, source=CompletionSource.RECORDED)
    with at(3, 1):
        employment = find_employment(learner.person, on=date(2026, 3, 1))
        employment.person = learner.person
        end_employment(employment, last_day=date(2026, 3, 31), reason="Another employer.", by=helena)
    assert requirements_of(learner.person, on=date(2026, 4, 10))[:1] == []
    assert state(learner, date(2026, 3, 31)) is Standing.COMPLIANT
    with at(6, 1):
        make_employment(get_person(learner.person.public_id), job_role=learner.job_role, starts_on=date(2026, 6, 1))
    assert state(learner, date(2026, 6, 2)) is Standing.COMPLIANT  # still valid from before
    assert state(learner, date(2027, 2, 1)) is Standing.EXPIRED
