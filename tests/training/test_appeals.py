"""Appeals: who makes one and until when, who decides, what the person reads, and that nobody decides their own."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.mail.models import OutgoingMail
from core.people.actions import grant_role
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.training.situations import a_failed_exam, a_trainer, an_officer, an_open_exam
from training.appeals.actions import decide_appeal, file_appeal, withdraw_appeal
from training.appeals.models import Appeal, AppealState
from training.appeals.queries import get_appeal
from training.exams.models import ExtraAttempt
from training.exams.queries import drawn_items
from training.items.models import Item


def count(model: Any) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def an_appeal() -> tuple[Any, Appeal]:
    learner, attempt = a_failed_exam()
    made = file_appeal(attempt, drawn_items(attempt)[0], text="Both answers are right.", by=learner.person)
    return learner, get_appeal(made.public_id)


def test_an_upheld_appeal_answers_by_mail_and_may_grant_an_attempt(app: Any) -> None:
    learner, appeal = an_appeal()
    decide_appeal(appeal, upheld=True, answer="You are right.", grants_attempt=True, by=an_officer("Otto Reis"))
    assert (appeal.state, appeal.answer) == (AppealState.UPHELD, "You are right.")
    assert session.scalars(select(ExtraAttempt)).one().person_id == learner.person.id
    assert session.scalars(select(OutgoingMail).where(OutgoingMail.name == "appeal_decided")).one().to_address == learner.person.email


def test_an_appeal_is_decided_once_with_an_answer_and_grants_nothing_where_it_is_not_upheld(app: Any) -> None:
    _learner, appeal = an_appeal()
    officer = an_officer("Otto Reis")
    with pytest.raises(Invalid):
        decide_appeal(appeal, upheld=False, answer=" ", grants_attempt=False, by=officer)
    with pytest.raises(Invalid):
        decide_appeal(appeal, upheld=False, answer="The text says so.", grants_attempt=True, by=officer)
    decide_appeal(appeal, upheld=False, answer="The text says so.", grants_attempt=False, by=officer)
    with pytest.raises(WrongState):
        decide_appeal(appeal, upheld=True, answer="So.", grants_attempt=False, by=officer)
    assert count(ExtraAttempt) == 0


def test_nobody_decides_their_own_nor_without_the_right(app: Any) -> None:
    learner, appeal = an_appeal()
    with pytest.raises(NotAllowed):
        decide_appeal(appeal, upheld=True, answer="So.", grants_attempt=False, by=learner.person)
    grant_role(get_person_by_key(learner.person.id), Role.COMPLIANCE, by=None)
    session.flush()
    session.expire(learner.person)
    with pytest.raises(NotAllowed):
        decide_appeal(get_appeal(appeal.public_id), upheld=True, answer="So.", grants_attempt=False, by=get_person_by_key(learner.person.id))


def test_one_appeal_is_open_at_a_time_and_what_was_decided_is_not_asked_again(app: Any) -> None:
    learner, appeal = an_appeal()
    attempt, item = appeal.attempt, appeal.item
    with pytest.raises(WrongState, match="being looked at"):
        file_appeal(attempt, None, text="And more.", by=learner.person)
    withdraw_appeal(appeal, by=learner.person)
    second = file_appeal(attempt, item, text="Again.", by=learner.person)
    decide_appeal(get_appeal(second.public_id), upheld=False, answer="No.", grants_attempt=False, by=a_trainer("Tito Braga"))
    with pytest.raises(WrongState, match="decided already"):
        file_appeal(attempt, item, text="Again.", by=learner.person)
    assert file_appeal(attempt, None, text="Another thing.", by=learner.person).state is AppealState.OPEN


def test_an_appeal_is_made_by_who_sat_within_thirty_days_of_a_graded_exam_about_what_was_asked(app: Any) -> None:
    learner, attempt = an_open_exam()
    with pytest.raises(NotAllowed):
        file_appeal(attempt, None, text="So.", by=learner.person)
    other, graded = a_failed_exam()
    with pytest.raises(NotAllowed):
        file_appeal(graded, None, text="So.", by=learner.person)
    with pytest.raises(Invalid):
        file_appeal(graded, None, text=" ", by=other.person)
    foreign = session.scalars(select(Item).where(Item.version_id == learner.version.id).order_by(Item.id).limit(1)).one()
    with pytest.raises(Invalid, match="not asked"):
        file_appeal(graded, foreign, text="So.", by=other.person)
    with time_machine.travel(now() + timedelta(days=31), tick=False), pytest.raises(NotAllowed, match="30 days"):
        file_appeal(graded, None, text="So.", by=other.person)


def test_the_learner_appeals_from_the_result_and_reads_the_answer_there(client: Any, sign_in: Any) -> None:
    learner, attempt = a_failed_exam()
    officer = an_officer("Otto Reis")
    result, question = f"/exams/{attempt.public_id}/result", drawn_items(attempt)[0].public_id
    session.commit()
    sign_in(learner.person)
    address = f"/exam-appeals/attempts/{attempt.public_id}/new"
    assert address in client.get(result).get_data(as_text=True)
    assert client.get(address).status_code == 200
    assert client.post(address, data={"item": "", "text": ""}).status_code == 422
    assert client.post(address, data={"item": str(question), "text": "Both are right."}).status_code == 302
    shown = client.get(result).get_data(as_text=True)
    assert "Both are right." in shown
    assert address not in shown
    sign_in(officer)
    assert "Decide an appeal" in client.get("/home").get_data(as_text=True)
    found = session.scalars(select(Appeal)).one()
    here = f"/exam-appeals/{found.public_id}"
    assert here in client.get("/exam-appeals").get_data(as_text=True)
    assert "Both are right." in client.get(here).get_data(as_text=True)
    assert client.last_statements <= 12
    assert client.post(here, data={"upheld": "no", "answer": "The text says it.", "grants_attempt": "y"}).status_code == 422
    assert client.post(here, data={"upheld": "no", "answer": "The text says it."}).status_code == 302
    sign_in(learner.person)
    assert "The text says it." in client.get(result).get_data(as_text=True)
    assert client.last_statements <= 12
    assert client.post(f"{here}/withdraw").status_code == 409
