"""Reports as of a day and as known on a day: what is written down later shows as such, and the same question always has the same answer."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from core.db import session
from core.people.models import Employment, Person
from core.people.moving import end_employment
from core.people.queries import get_person
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_exemption, an_officer
from training.catalogue.models import Course
from training.completions.actions import complete, withdraw_completion
from training.completions.queries import get_completion_by_key
from training.compliance.difference import Cause, Side, changes
from training.compliance.moment import Moment
from training.compliance.queries import ComplianceFilter
from training.compliance.sight import compare, fingerprint_of, look
from training.compliance.standing import Judgement, Standing, Stretch
from training.requirements.actions import revise_rule
from training.requirements.models import CompletionSource

ALL = ComplianceFilter()


def at(month: int, day: int) -> time_machine.travel:
    """Noon on a day of 2026, the world over nearly the same day."""
    return time_machine.travel(datetime(2026, month, day, 15, tzinfo=UTC), tick=False)


def on(month: int, day: int, known: tuple[int, int] | None = None) -> Moment:
    """A day of 2026, as known now or on another day of it."""
    return Moment(date(2026, month, day), None if known is None else date(2026, *known))


@pytest.fixture
def officer() -> Person:
    """Somebody who sees everybody."""
    return an_officer("Rui Officer")


def learner_since_january() -> Learner:
    """Somebody of whom a rule asks a course since 5 January, due on 4 February."""
    with at(1, 5):
        return a_learner(starts_on=date(2026, 1, 5))


def stands(viewer: Person, learner: Learner, moment: Moment) -> Standing | None:
    """How the learner stands in a report; None when they are not in it."""
    sight = look(get_person(viewer.public_id), ALL, state=None, moment=moment)
    return next((row.cells[0].state for row in sight.rows if row.person_id == learner.person.id and row.cells), None)


def leave(learner: Learner, last_day: date) -> None:
    """End the learner's employment."""
    employment = session.scalars(select(Employment).where(Employment.person_id == learner.person.id, Employment.superseded_at.is_(None))).one()
    end_employment(employment, last_day=last_day, reason="", by=None)


def hash_of(viewer: Person, moment: Moment) -> str:
    """The hash of a report about everybody."""
    return fingerprint_of(look(get_person(viewer.public_id), ALL, state=None, moment=moment), moment, ALL)


def test_a_result_entered_late_is_a_restatement(app, officer):
    learner = learner_since_january()
    with at(3, 20):
        complete(learner.person, learner.version, completed_on=date(2026, 2, 1), by=officer, source=CompletionSource.RECORDED)
    assert stands(officer, learner, on(2, 10)) is Standing.COMPLIANT
    assert stands(officer, learner, on(2, 10, known=(2, 10))) is Standing.OVERDUE
    assert stands(officer, learner, on(2, 10, known=(3, 19))) is Standing.OVERDUE
    assert stands(officer, learner, on(2, 10, known=(3, 20))) is Standing.COMPLIANT
    (change,) = compare(get_person(officer.public_id), ALL, on(2, 10, known=(2, 10)), on(2, 10, known=(3, 20)))[2]
    assert (change.before.state, change.after.state) == (Standing.OVERDUE, Standing.COMPLIANT)
    assert change.causes == [(Cause.WRITTEN_DOWN_LATER, date(2026, 2, 1))]


def test_what_was_withdrawn_counts_in_what_was_known_before(app, officer):
    learner = learner_since_january()
    with at(2, 1):
        completion = complete(learner.person, learner.version, completed_on=date(2026, 2, 1), by=officer, source=CompletionSource.RECORDED)
        session.flush()
    with at(4, 2):
        withdraw_completion(get_completion_by_key(completion.id), reason="Somebody else sat the exam", by=officer)
    assert stands(officer, learner, on(2, 10, known=(4, 1))) is Standing.COMPLIANT
    assert stands(officer, learner, on(2, 10)) is Standing.OVERDUE
    (change,) = compare(get_person(officer.public_id), ALL, on(2, 10, known=(4, 1)), on(2, 10, known=(4, 2)))[2]
    assert change.causes == [(Cause.WITHDRAWN, date(2026, 2, 1))]


def test_the_same_question_has_the_same_hash_whatever_happens_later(app, officer):
    learner = learner_since_january()
    with at(2, 1):
        complete(learner.person, learner.version, completed_on=date(2026, 2, 1), by=officer, source=CompletionSource.RECORDED)
    asked = [on(1, 20, known=(1, 20)), on(2, 10, known=(2, 10)), on(1, 20, known=(2, 10))]
    hashes = [hash_of(officer, moment) for moment in asked]
    assert len(set(hashes)) == 3 and all(re.fullmatch("[0-9a-f]{64}", told) for told in hashes)
    with at(3, 5):
        other = make_person("Olga Nova", roles=(Role.NEW_HIRE,))
        make_employment(other, job_role=learner.job_role, starts_on=date(2026, 1, 12))
        complete(learner.person, learner.version, completed_on=date(2026, 1, 18), by=officer, source=CompletionSource.RECORDED)
        an_exemption(get_person(learner.person.public_id), learner.course, valid_from=date(2026, 1, 1))
        revise_rule(
            learner.rule,
            due_days=5,
            valid_months=6,
            window_days=10,
            source="",
            effective_from=date(2026, 1, 10),
            reason="Stricter",
            by=get_person(officer.public_id),
        )
        learner.person.name = "Nina Casada"
        session.get_one(Course, learner.course.id).title = "Another title"
        session.flush()
    with at(3, 6):
        leave(learner, date(2026, 2, 5))
    assert [hash_of(officer, moment) for moment in asked] == hashes
    assert hash_of(officer, on(1, 20)) != hashes[0]


def test_who_has_left_stays_in_the_reports_about_before(app, officer):
    learner = learner_since_january()
    with at(3, 6):
        leave(learner, date(2026, 3, 31))
    assert stands(officer, learner, on(3, 31)) is Standing.OVERDUE
    assert stands(officer, learner, on(4, 1)) is None
    assert stands(officer, learner, on(4, 1, known=(3, 5))) is Standing.OVERDUE  # nobody knew then
    (change,) = compare(get_person(officer.public_id), ALL, on(3, 31), on(4, 1))[2]
    assert [cause for cause, _day in change.causes] == [Cause.LEFT]


LINEAGE = UUID(int=1)


def test_a_difference_names_every_cause_and_time_only_without_another():
    role = [Stretch(date(2026, 1, 1), None, 1)]
    due = Judgement(Standing.DUE_SOON, due_on=date(2026, 1, 20))
    late = Judgement(Standing.OVERDUE, due_on=date(2026, 1, 20))
    before = Side(date(2026, 1, 10), None, due, role)
    (change,) = changes([(1, LINEAGE, before, Side(date(2026, 1, 25), None, late, role))])
    assert change.causes == [(Cause.FELL_DUE, date(2026, 1, 20))]
    moved = [Stretch(date(2026, 1, 1), date(2026, 1, 14), 1), Stretch(date(2026, 1, 15), None, 2)]
    exempted = Judgement(Standing.EXEMPT)
    after = Side(date(2026, 1, 25), None, exempted, moved, [date(2026, 1, 12)], [(date(2026, 1, 16), None)])
    (change,) = changes([(1, LINEAGE, before, after)])
    assert change.causes == [(Cause.COMPLETED, date(2026, 1, 12)), (Cause.EXEMPTED, date(2026, 1, 16)), (Cause.MOVED, date(2026, 1, 15))]
    assert changes([(1, LINEAGE, before, before)]) == []


def test_pages_tell_the_day_known_keep_it_in_links_and_show_what_changed(client, sign_in, officer):
    learner = learner_since_january()
    with at(3, 20):
        complete(learner.person, learner.version, completed_on=date(2026, 2, 1), by=officer, source=CompletionSource.RECORDED)
    session.commit()
    sign_in(officer)
    known = "as_of=2026-02-10&known_on=2026-02-10"
    page = client.get(f"/compliance?{known}").text
    assert "as it was known at the end of" in page and "known_on=2026-02-10&amp;rule=1#rule-1" in page and "standing-danger" in page
    evidence = client.get(f"/compliance/people/{learner.person.public_id}?{known}").text
    assert "It was due on" in evidence and "Mar 20, 2026" not in evidence
    hashes = [re.findall(r"[0-9a-f]{64}", client.get(f"/compliance/totals?{known}").text) for _turn in range(2)]
    assert hashes[0] == hashes[1] and len(hashes[0]) == 1
    told = client.get("/compliance/difference?from_as_of=2026-02-10&from_known_on=2026-02-10&as_of=2026-02-10&known_on=2026-03-20").text
    assert "1 change" in told and "Completed before, but written down only since" in told and learner.person.name in told
    assert "Nobody stands otherwise" in client.get(f"/compliance/difference?from_as_of=2026-02-10&from_known_on=2026-02-10&{known}").text
    for odd in ("?known_on=x", "?known_on=9999-12-31", "?as_of=0001-01-01&known_on=0001-01-01", "/difference?from_as_of=junk"):
        assert client.get(f"/compliance{odd}").status_code == 200
