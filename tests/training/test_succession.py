"""What a new version means for those with an earlier one: by pure facts, and with the real actions on any day, as known then."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.clock import now, standing_at, today
from core.db import session
from core.errors import Invalid
from tests.training.situations import Learner, a_learner, a_passed_exam, a_trainer, an_officer, an_open_exam, read_everything
from training.catalogue import actions
from training.catalogue.actions import VersionChange
from training.catalogue.models import ChangeKind, CourseVersion, UnderWay, VersionState
from training.catalogue.queries import get_version
from training.catalogue.succession import VersionFact, counts_until, to_take
from training.completions.queries import held, times_held
from training.compliance.matrix import judge_person
from training.compliance.standing import IN_ORDER, Judgement, RuleFact, Standing, Stretch, judge
from training.learning.actions import begin_study
from training.learning.taking import version_to_take, what_to_take
from training.requirements.actions import rederive
from training.requirements.models import Assignment
from training.requirements.queries import facts_of, rule_lines

DAY = date(2026, 6, 1)
RULE = RuleFact(1, uuid4(), uuid4(), 1, 1, 1, None, 30, 12, 30, date(2020, 1, 1), None)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def revision(number: int, day: date = DAY, days: int = 30, under_way: UnderWay = UnderWay.FINISH) -> VersionFact:
    return VersionFact(number, day, ChangeKind.REVISION, days, under_way)


def test_only_a_revision_in_force_ends_what_was_completed_before_it() -> None:
    versions = [VersionFact(1, date(2024, 1, 1)), VersionFact(2, date(2025, 1, 1)), revision(3)]
    assert counts_until(1, versions, on=DAY - timedelta(days=1)) is None
    assert counts_until(1, versions, on=DAY) == counts_until(2, versions, on=DAY) == date(2026, 7, 1)
    assert counts_until(3, versions, on=DAY) is None
    assert counts_until(1, versions[:2], on=DAY) is None


def test_who_is_in_the_middle_finishes_or_starts_over_as_every_later_version_says() -> None:
    first, second = VersionFact(1, date(2024, 1, 1)), VersionFact(2, DAY, transition_days=10)
    over = VersionFact(3, DAY + timedelta(days=5), under_way=UnderWay.START_OVER)
    assert to_take(None, [first, second], on=DAY) == 2
    assert to_take(1, [first, second], on=DAY + timedelta(days=10)) == 1
    assert to_take(1, [first, second], on=DAY + timedelta(days=11)) == 2
    assert to_take(1, [first, second, over], on=DAY + timedelta(days=4)) == 1
    assert to_take(1, [first, second, over], on=DAY + timedelta(days=5)) == 3
    assert to_take(1, [second], on=DAY) == 2
    assert to_take(1, [second], on=DAY - timedelta(days=1)) is None


def stand(completed: list[date], ends: dict[date, date], on: date) -> Judgement:
    stretches = [Stretch(date(2024, 1, 1), None, 7)]
    return judge(RULE, stretches, completed=[day for day in completed if day <= on], exempt=(), started=(), on=on, ends=ends)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(days, st.booleans()), max_size=6), days, st.integers(0, 60), days)
def test_a_revision_ends_older_completions_and_touches_nothing_else(found: list[tuple[date, bool]], from_day: date, allowed: int, on: date) -> None:
    last = from_day + timedelta(days=allowed)
    completed = sorted({day for day, _new in found})
    new = {day for day, is_new in found if is_new}
    ends = {day: last for day in completed if day not in new}
    plain, ended = stand(completed, {}, on), stand(completed, ends, on)
    held_new = [day for day in completed if day in new and day <= on]
    if on <= last and any(day <= last for day in completed if day <= on):
        assert (plain.state in IN_ORDER) == (ended.state in IN_ORDER)
    if on > last and not held_new:
        assert ended.state not in IN_ORDER
    if held_new and ended.completed_on in new:
        assert not ended.ended_by_version
    if not ends:
        assert plain == ended
    if ended.state in IN_ORDER:
        assert plain.state in IN_ORDER  # it never makes anybody stand better


def next_version(learner: Learner, change: VersionChange, *, from_day: date) -> CourseVersion:
    trainer, officer = a_trainer("Ugo Writer"), an_officer("Rui Officer")
    drafted = actions.begin_next_version(learner.course, what_changed="Article 10 is new.", by=trainer)
    version = get_version(drafted.public_id, viewer=trainer)
    actions.set_change(version, change, by=trainer)
    actions.submit_version(version, by=trainer)
    actions.note_review(version, remarks="Read twice.", by=officer)
    actions.approve_version(version, in_force_from=from_day, by=officer)
    return version


def standing_on(learner: Learner, on: date, known_at: datetime | None = None) -> Judgement:
    facts = facts_of([learner.person.id], on=on, known_at=known_at)[learner.person.id]
    return judge_person(rule_lines(on=on, known_at=known_at), facts, on=on)[0]


REVISED = VersionChange("The limits are new.", ChangeKind.REVISION, transition_days=30)


def test_a_revision_asks_holders_anew_from_its_day_and_not_before_as_of_and_as_known(app: Any) -> None:
    learner, _attempt = a_passed_exam()
    day = today(learner.person.time_zone)
    before = now() + timedelta(hours=1)
    pair = (learner.person.id, learner.course.id)
    with standing_at(now() + timedelta(days=2)):
        in_force = day + timedelta(days=10)
        version = next_version(learner, REVISED, from_day=in_force)
        assert version.older_count_until == in_force + timedelta(days=30)
        assert standing_on(learner, in_force - timedelta(days=1)).state is Standing.COMPLIANT
        on_the_day = standing_on(learner, in_force)
        assert (on_the_day.state, on_the_day.valid_until, on_the_day.ended_by_version) == (Standing.COMPLIANT, version.older_count_until, True)
        assert standing_on(learner, in_force + timedelta(days=30)).state is Standing.EXPIRING
        late = in_force + timedelta(days=31)
        assert standing_on(learner, late).state is Standing.EXPIRED
        assert standing_on(learner, late, known_at=before).state is Standing.COMPLIANT
        assert held([pair], on=late - timedelta(days=1)) == {pair} and held([pair], on=late) == set()
        assert times_held([pair])[pair] == [(day, version.older_count_until)]


def test_an_edit_leaves_holders_alone_and_tells_them_so(app: Any, client: Any, sign_in: Any) -> None:
    learner, _attempt = a_passed_exam()
    day = today(learner.person.time_zone)
    before = standing_on(learner, day)
    version = next_version(learner, VersionChange("A typing error."), from_day=day)
    assert standing_on(learner, day) == before
    sign_in(an_officer("Vera Officer"))
    told = client.get(f"/course-versions/{version.public_id}").get_data(as_text=True)
    assert "1 person holds an earlier version. No training required on version 2." in " ".join(told.split())
    sign_in(learner.person)
    page = client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True)
    assert "No training required on version 2." in page


def test_completing_the_revision_settles_it_and_the_cycle_it_asks_is_one(app: Any, client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, _attempt = a_passed_exam()
    day = today(learner.person.time_zone)
    cycles = len(assignments(learner))
    next_version(learner, REVISED, from_day=day)
    run_jobs()
    asked = assignments(learner)
    assert len(asked) == cycles and asked[-1].due_on == day + timedelta(days=30)
    sign_in(learner.person)
    assert "complete version 2 by then" in client.get(f"/learning/{learner.course.public_id}").get_data(as_text=True)
    with standing_at(now() + timedelta(days=5)):
        learner.version = version_to_take(learner.person, learner.course.public_id, on=today(learner.person.time_zone))
        assert learner.version.number == 2
        a_passed_exam(learner)
        judged = standing_on(learner, day + timedelta(days=200))
        assert judged.state is Standing.COMPLIANT and not judged.ended_by_version
        assert what_to_take(learner.person, learner.course.public_id, on=today(learner.person.time_zone))[1] is None


def assignments(learner: Learner) -> list[Assignment]:
    rederive(learner.person)
    session.flush()
    return list(session.scalars(select(Assignment).where(Assignment.person_id == learner.person.id).order_by(Assignment.cycle)))


@pytest.mark.parametrize(("under_way", "number"), [(UnderWay.FINISH, 1), (UnderWay.START_OVER, 2)])
def test_people_in_progress_finish_or_start_over_as_the_version_says(app: Any, client: Any, sign_in: Any, under_way: UnderWay, number: int) -> None:
    learner = a_learner()
    begin_study(learner.version, by=learner.person)
    day = today(learner.person.time_zone)
    next_version(learner, VersionChange("Clearer words.", transition_days=10, under_way=under_way), from_day=day)
    assert version_to_take(learner.person, learner.course.public_id, on=day).number == number
    assert version_to_take(learner.person, learner.course.public_id, on=day + timedelta(days=11)).number == 2
    sign_in(learner.person)
    module = version_to_take(learner.person, learner.course.public_id, on=day).modules[0]
    assert client.get(f"/learning/{learner.course.public_id}/modules/{module.public_id}").status_code == 200


def test_an_exam_that_is_open_is_finished_in_its_version(app: Any, client: Any, sign_in: Any) -> None:
    learner, attempt = an_open_exam()
    next_version(learner, VersionChange("All new.", ChangeKind.REVISION, under_way=UnderWay.START_OVER), from_day=today(learner.person.time_zone))
    sign_in(learner.person)
    assert client.post(f"/exams/start/{learner.course.public_id}").location.endswith(f"/exams/{attempt.public_id}")
    assert client.post(f"/exams/{attempt.public_id}/submit", data={}).status_code == 302


def test_a_revision_needs_notes_and_each_step_its_people(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    read_everything(learner)
    trainer, officer = a_trainer("Ugo Writer"), an_officer("Rui Officer")
    drafted = actions.begin_next_version(learner.course, what_changed="Article 10 is new.", by=trainer)
    version = get_version(drafted.public_id, viewer=trainer)
    with pytest.raises(Invalid):
        actions.set_change(version, VersionChange(" ", ChangeKind.REVISION), by=trainer)
    address = f"/course-versions/{version.public_id}"
    sign_in(trainer)
    form = {"what_changed": "", "change_kind": "revision", "transition_days": "30", "under_way": "finish"}
    assert client.post(f"{address}/change", data=form).status_code == 422
    assert client.post(f"{address}/change", data={**form, "what_changed": "New", "transition_days": "-1"}).status_code == 422
    assert client.post(f"{address}/change", data={**form, "what_changed": "New", "change_kind": "anything"}).status_code == 422
    assert client.post(f"{address}/change", data={**form, "what_changed": "New limits"}).status_code == 302
    assert "within 30 days" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/change").status_code == 200
    assert client.post(f"{address}/submit").status_code == 302
    assert client.post(f"{address}/review", data={}).status_code == 403
    assert client.post(f"{address}/change", data={**form, "what_changed": "More"}).status_code == 409
    sign_in(officer)
    assert client.post(f"{address}/review", data={"review-remarks": "Read twice."}).status_code == 302
    assert client.post(f"{address}/review", data={}).status_code == 409
    page = client.get(address).get_data(as_text=True)
    assert "Read twice." in page and "Approve" in page
    assert client.post(f"/courses/{learner.course.public_id}/versions/new", data={"what_changed": "Another"}).status_code == 409
    day = today(officer.time_zone) + timedelta(days=5)
    assert client.post(f"{address}/approve", data={"approve-in_force_from": day.isoformat()}).status_code == 302
    assert session.scalars(select(CourseVersion.state).where(CourseVersion.id == version.id)).one() is VersionState.APPROVED
    assert client.post(f"{address}/change", data={**form, "what_changed": "Later"}).status_code == 409
