"""Practical assessments: standards approved by a second person, one or two assessors blind to each other, and what an outcome brings."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.actions import grant_role
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, a_trainer, an_officer
from training.practicals.actions import (
    StandardFields,
    approve_standard,
    arrange,
    call_off,
    change_standard,
    decide_differing,
    send_sheet,
    write_standard,
)
from training.practicals.judging import Wanted, meets, read_criteria
from training.practicals.models import AssessmentState, AssessorSheet, CriterionSeen, PerformanceStandard, PracticalAssessment, StandardState
from training.practicals.queries import get_assessment, get_standard
from training.requirements.models import Completion, CompletionSource

ZONE = "America/Sao_Paulo"
CRITERIA = "! Asks for identification before anything else\nExplains the fee\nOffers the complaint channel"


def a_standard(learner: Learner, *, assessors: int = 1, share: int = 60) -> PerformanceStandard:
    trainer, officer = a_trainer("Tito Braga"), an_officer("Olavo Dias")
    fields = StandardFields("Open an account for a new client.", CRITERIA, assessors_needed=assessors, share_needed=share)
    standard = write_standard(learner.course, fields, by=trainer)
    approve_standard(standard, by=officer)
    return get_standard(standard.public_id)


def a_colleague(name: str) -> Person:
    person = make_person(name)
    make_employment(person)
    return person


def an_assessment(*, assessors: int = 1) -> tuple[Learner, PracticalAssessment, list[Person]]:
    learner = a_learner()
    standard = a_standard(learner, assessors=assessors)
    chosen = [a_colleague(name) for name in ("Ana Sá", "Beto Luz")[:assessors]]
    made = arrange(standard, learner.person, chosen, held_on=today(ZONE), by=a_trainer("Tania Reis"))
    return learner, made, chosen


def seen(assessment: PracticalAssessment, assessor: Person, *met: bool) -> PracticalAssessment:
    assessor = get_person_by_key(assessor.id)
    found = get_assessment(assessment.public_id, viewer=assessor)
    keys = [one.id for one in found.standard.criteria]
    return send_sheet(found, dict(zip(keys, met, strict=False)), {keys[0]: "Asked at once."}, comment="", by=assessor)


@pytest.mark.parametrize(
    ("met", "share", "passes"),
    [
        ((True, True, True), 100, True),
        ((True, True, False), 100, False),
        ((True, True, False), 66, True),
        ((True, True, False), 67, False),
        ((False, True, True), 1, False),
        ((True, False, False), 33, True),
    ],
)
def test_a_standard_is_met_by_every_critical_criterion_and_the_share_of_all(met: tuple[bool, ...], share: int, passes: bool) -> None:
    criteria = [Wanted(1, True), Wanted(2, False), Wanted(3, False)]
    assert meets(criteria, dict(enumerate(met, start=1)), share_needed=share) is passes


def test_criteria_are_lines_and_an_exclamation_mark_makes_one_critical() -> None:
    assert read_criteria("! First\n\n  second  \n!\n") == [("First", True), ("second", False)]


def test_a_standard_is_approved_by_a_second_person_and_then_never_changes(app: Any) -> None:
    learner, trainer = a_learner(), a_trainer("Tito Braga")
    fields = StandardFields("Open an account.", CRITERIA)
    standard = write_standard(learner.course, fields, by=trainer)
    with pytest.raises(NotAllowed, match="did not write"):
        approve_standard(standard, by=trainer)
    with pytest.raises(WrongState):
        write_standard(learner.course, fields, by=trainer)
    officer = an_officer("Olavo Dias")
    change_standard(standard, StandardFields("Open an account.", "Greets"), by=officer)
    with pytest.raises(NotAllowed):
        approve_standard(standard, by=officer)
    approve_standard(standard, by=trainer)
    with pytest.raises(WrongState):
        change_standard(standard, fields, by=trainer)
    following = write_standard(learner.course, fields, by=trainer)
    approve_standard(following, by=officer)
    session.expire_all()
    assert (standard.state, following.state, following.revision) == (StandardState.SUPERSEDED, StandardState.APPROVED, 2)


def test_one_assessor_passes_somebody_and_the_course_is_completed_on_that_day(app: Any) -> None:
    learner, assessment, (assessor,) = an_assessment()
    after = seen(assessment, assessor, True, True, False)
    assert (after.state, after.passed) == (AssessmentState.DECIDED, True)
    completion = session.scalars(select(Completion)).one()
    assert (completion.person_id, completion.source, completion.completed_on) == (learner.person.id, CompletionSource.PRACTICAL, today(ZONE))
    assert after.completion_id == completion.id
    with pytest.raises(WrongState):
        seen(assessment, assessor, True, True, True)


def test_who_does_not_meet_the_standard_has_not_completed_the_course(app: Any) -> None:
    _learner, assessment, (assessor,) = an_assessment()
    assert seen(assessment, assessor, False, True, True).passed is False
    assert not session.scalars(select(Completion)).all()


def test_two_assessors_do_not_see_each_others_sheet_before_both_are_sent(client: Any, sign_in: Any) -> None:
    _learner, assessment, (first, second) = an_assessment(assessors=2)
    for assessor in (first, second):
        grant_role(get_person_by_key(assessor.id), Role.BUDDY, by=None)
    assert seen(assessment, first, True, True, True).state is AssessmentState.OPEN
    address = f"/practical-assessments/{assessment.public_id}"
    officer, learner = an_officer("Otto Reis"), get_assessment(assessment.public_id, viewer=first).person
    session.commit()
    for viewer in (second, officer, learner):
        sign_in(viewer)
        assert "Asked at once." not in client.get(address).get_data(as_text=True)
    sign_in(first)
    assert "Asked at once." in client.get(address).get_data(as_text=True)
    assert seen(assessment, second, True, True, False).passed is True
    session.commit()
    sign_in(second)
    assert client.get(address).get_data(as_text=True).count("Asked at once.") == 2


def test_the_second_of_two_sheets_sent_at_once_decides(app: Any) -> None:
    _learner, assessment, (first, second) = an_assessment(assessors=2)
    waiting = get_assessment(assessment.public_id, viewer=second)  # loaded before the other's sheet arrives
    other = next(sheet for sheet in waiting.sheets if sheet.assessor_id == first.id)
    rows = [{"sheet_id": other.id, "criterion_id": one.id, "met": True, "note": "", "public_id": uuid4()} for one in waiting.standard.criteria]
    session.execute(insert(CriterionSeen.__table__), rows)
    table = AssessorSheet.__table__
    session.execute(update(table).where(table.c.id == other.id).values(sent_at=now()))
    after = seen(assessment, second, True, True, True)
    assert (after.state, after.passed) == (AssessmentState.DECIDED, True)


def test_where_two_assessors_differ_a_third_person_decides_with_a_reason(app: Any) -> None:
    learner, assessment, (first, second) = an_assessment(assessors=2)
    seen(assessment, first, True, True, True)
    after = seen(assessment, second, False, True, True)
    assert (after.state, after.passed) == (AssessmentState.DIFFERING, None)
    with pytest.raises(NotAllowed):
        decide_differing(after, passed=True, reason="So.", by=first)
    officer = an_officer("Otto Reis")
    with pytest.raises(Invalid):
        decide_differing(after, passed=True, reason=" ", by=officer)
    decide_differing(after, passed=True, reason="The recording shows it.", by=officer)
    assert (after.passed, after.reason) == (True, "The recording shows it.")
    assert session.scalars(select(Completion)).one().person_id == learner.person.id


def test_assessors_are_as_many_as_the_standard_asks_each_another_and_not_the_person(app: Any) -> None:
    learner = a_learner()
    standard, trainer, one = a_standard(learner, assessors=2), a_trainer("Tania Reis"), a_colleague("Ana Sá")
    for assessors in ([one], [one, one], [one, a_colleague("B"), a_colleague("C")], [one, learner.person]):
        with pytest.raises(Invalid):
            arrange(standard, learner.person, assessors, held_on=today(ZONE), by=trainer)


def test_nobody_else_sends_a_sheet_none_goes_out_before_the_day_or_with_a_criterion_missing(app: Any) -> None:
    learner = a_learner()
    standard, assessor, trainer = a_standard(learner), a_colleague("Ana Sá"), a_trainer("Tania Reis")
    later = arrange(standard, learner.person, [assessor], held_on=today(ZONE) + timedelta(days=2), by=trainer)
    with pytest.raises(Invalid, match="still to come"):
        seen(later, assessor, True, True, True)
    made = arrange(standard, learner.person, [assessor], held_on=today(ZONE), by=trainer)
    with pytest.raises(NotAllowed):
        seen(made, trainer, True, True, True)
    with pytest.raises(Invalid, match="every criterion"):
        seen(made, assessor, True)
    call_off(get_assessment(made.public_id, viewer=trainer), reason="The branch is closed.", by=trainer)
    with pytest.raises(WrongState):
        seen(made, assessor, True, True, True)


def test_an_assessment_is_not_there_for_people_who_have_nothing_to_do_with_it(client: Any, sign_in: Any) -> None:
    _learner, assessment, _assessors = an_assessment()
    session.commit()
    sign_in(make_person("Rui Prado", roles=(Role.BUDDY,)))
    assert client.get(f"/practical-assessments/{assessment.public_id}").status_code == 404
    assert client.get("/practical-assessments").status_code == 200


def test_from_writing_a_standard_to_the_outcome_by_the_pages(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    assessor = make_person("Ana Sá", roles=(Role.BUDDY,))
    make_employment(assessor)
    trainer, officer = a_trainer("Tito Braga"), an_officer("Olavo Dias")
    session.commit()
    sign_in(trainer)
    assert client.get("/performance-standards").status_code == client.get("/performance-standards/new").status_code == 200
    typed = {"task": "Open an account.", "criteria": CRITERIA, "share_needed": "60", "assessors_needed": "1"}
    made = client.post("/performance-standards/new", data={"course": str(learner.course.public_id), **typed})
    assert made.status_code == 302
    assert client.get(f"{made.location}/edit").status_code == 200
    assert client.post(f"{made.location}/approve").status_code == 403
    sign_in(officer)
    assert client.post(f"{made.location}/approve").status_code == 302
    assert client.get(f"{made.location}/arrange").status_code == 200
    wanted = {"person": learner.person.name, "held_on": today(ZONE).isoformat(), "first": "nobody"}
    assert client.post(f"{made.location}/arrange", data=wanted).status_code == 422
    arranged = client.post(f"{made.location}/arrange", data={**wanted, "first": assessor.email})
    assert arranged.status_code == 302
    assert client.get(arranged.location).status_code == 200
    sign_in(assessor)
    assert "Say what you saw" in client.get("/home").get_data(as_text=True)
    assert client.get(arranged.location).status_code == 200
    made_id = session.scalars(select(PracticalAssessment)).one().public_id
    found = get_assessment(made_id, viewer=get_person_by_key(assessor.id))
    sheet = {f"met-{one.public_id}": "yes" for one in found.standard.criteria}
    assert client.post(f"{arranged.location}/sheet", data={}).status_code == 422
    assert client.post(f"{arranged.location}/sheet", data=sheet).status_code == 302
    assert "Passed" in client.get(arranged.location).get_data(as_text=True)
    assert client.last_statements <= 12
