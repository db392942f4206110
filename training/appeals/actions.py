"""Appealing about an exam, and deciding appeals."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.appeals import mails, policy, queries
from training.appeals.models import WORKFLOW, Appeal, AppealState
from training.exams.drawing import drawn_order
from training.exams.models import Attempt
from training.items.models import Item
from training.locks.actions import grant_attempts
from training.marking.queries import amended_at
from training.regrading.queries import regrades_of


def settled_at(attempt: Attempt) -> datetime | None:
    """When the result was last settled: graded, graded again, or judged by an amended mark."""
    settled = [regrade.at for regrade in regrades_of(attempt)] + (amended_at(attempt) if attempt.was_marked_by_hand else [])
    return max(settled, default=attempt.graded_at or attempt.submitted_at)


def file_appeal(attempt: Attempt, item: Item | None, *, text: str, by: Person) -> Appeal:
    """Appeal about an attempt of one's own, or about one question of it.

    Raises NotAllowed after the time for it, Invalid for a question that was not asked or without a reason, WrongState while an appeal is open
    or when this was decided already.
    """
    since = settled_at(attempt)
    if not policy.may_appeal(by, attempt, since=since, at=now()):
        raise NotAllowed(_("An appeal is made by who sat the exam, within 30 days of its result. Speak to compliance."))
    if item is not None and item.id not in drawn_order(attempt.drawn):
        raise Invalid(_("This question was not asked in your exam."), field="item")
    if not text.strip():
        raise Invalid(_("Say what should be looked at again, and why."), field="text")
    for earlier in queries.appeals_of(attempt):
        if earlier.state is AppealState.OPEN:
            raise WrongState(_("Your appeal about this exam is being looked at. Wait for its answer."))
        about_the_same = earlier.item_id == (None if item is None else item.id) and earlier.state is not AppealState.WITHDRAWN
        if about_the_same and (since is None or earlier.filed_at >= since):
            raise WrongState(_("This was decided already; the answer stands with your result."))
    appeal = Appeal(attempt_id=attempt.id, item_id=None if item is None else item.id, text=text.strip())
    try:
        with session.begin_nested():
            session.add(appeal)
    except IntegrityError as error:
        raise Conflict(_("Your appeal about this exam is being looked at. Wait for its answer.")) from error
    record("training.appeal.filed", appeal, by=by, person=by, changes={"attempt": attempt.id, "item": appeal.item_id})
    return appeal


def withdraw_appeal(appeal: Appeal, *, by: Person) -> None:
    """Take one's own appeal back."""
    WORKFLOW.insist(appeal.state, AppealState.WITHDRAWN)
    if appeal.attempt.person_id != by.id:
        raise NotAllowed(_("Only who made an appeal takes it back."))
    appeal.state = AppealState.WITHDRAWN
    session.flush()
    record("training.appeal.withdrawn", appeal, by=by, person=by)


def decide_appeal(appeal: Appeal, *, upheld: bool, answer: str, grants_attempt: bool, by: Person) -> None:
    """Decide an appeal with an answer the person reads; where it is upheld, one more attempt may be granted with it.

    Raises NotAllowed for one's own or without the right, Invalid without an answer, WrongState once it is decided.
    """
    to = AppealState.UPHELD if upheld else AppealState.REJECTED
    WORKFLOW.insist(appeal.state, to)
    learner = appeal.attempt.person
    if not policy.can_decide(by, appeal, learner_id=learner.id):
        raise NotAllowed(_("Trainers and compliance decide appeals, and nobody their own."))
    if not answer.strip():
        raise Invalid(_("Write the answer the person is to read."), field="answer")
    if grants_attempt and not upheld:
        raise Invalid(_("One more attempt goes with an appeal that is upheld."), field="grants_attempt")
    appeal.state, appeal.answer, appeal.decided_by_id, appeal.decided_at = to, answer.strip(), by.id, now()
    session.flush()
    if grants_attempt:
        grant_attempts(learner, appeal.attempt.course_version, reason=answer.strip(), by=by)
    record(
        "training.appeal.decided", appeal, by=by, person=learner, changes={"state": to.value, "grants_attempt": grants_attempt}, reason=answer.strip()
    )
    mails.appeal_decided(appeal, grants_attempt=grants_attempt)
