"""Marking answers by hand: sending a mark, settling two that differ, amending one that stands, and grading once the last is in."""

from fractions import Fraction
from typing import Any

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import _
from training.exams.actions import settle_marked
from training.items.by_hand import criteria_of
from training.marking import mails, policy, queries
from training.marking.judging import Sheet, points_of, together
from training.marking.models import WORKFLOW, Mark, MarkKind, Script, ScriptState
from training.regrading.queries import lock_graded

SECOND_THAT_SETTLES = 3  # the slot of a mark that settles two that differ


def send_mark(script: Script, sheet: Sheet, *, comment: str, by: Person) -> Script:
    """Send a mark: one of those asked for, a third one that settles two that differ, or one of the two proposes to agree on.

    The last mark an attempt waits for grades it. Raises NotAllowed for one's own answer, WrongState when there is nothing to mark any more,
    Invalid while a criterion has no level, or for a mark to agree on without a reason.
    """
    script = queries.lock_script(script)
    _insist_on_marker(script, by)
    points = points_of(criteria_of(script.item.criteria), sheet.levels)
    if policy.can_mark(by, script):
        kind, slot = MarkKind.OWN, 1 + len(script.marks)
    elif policy.can_decide(by, script):
        kind, slot = MarkKind.DECIDING, SECOND_THAT_SETTLES
        _set_aside(policy.proposal(script))
    elif policy.can_propose(by, script):
        kind, slot = MarkKind.AGREED, SECOND_THAT_SETTLES
        if not comment.strip():
            raise Invalid(_("Say why the two of you agree on this mark."), field="comment")
    else:
        raise WrongState(_nothing_to_mark(script, by))
    mark = Mark(
        script_id=script.id, marker_id=by.id, slot=slot, kind=kind, levels=list(sheet.levels), notes=list(sheet.notes), points=points,
        comment=comment.strip(), sent_at=now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(mark)
    except IntegrityError as error:
        raise Conflict(_("Somebody else has sent the mark this answer waited for. Take the next one.")) from error
    record("training.mark.sent", mark, by=by, person=_author(script), changes={"kind": kind.value, "points": points, "levels": list(sheet.levels)})
    script = queries.lock_script(script)
    if kind is MarkKind.OWN:
        _weigh(script)
    elif kind is MarkKind.DECIDING:
        _stand(script, Fraction(points), by=by)
    return script


def _insist_on_marker(script: Script, by: Person) -> None:
    if not policy.marks_answer(by, script):
        raise NotAllowed(_("Only who answers for the course, and compliance, mark its exams."))
    if script.attempt.person_id == by.id:
        raise NotAllowed(_("Nobody marks an answer of their own."))


def _nothing_to_mark(script: Script, by: Person) -> str:
    if script.state is ScriptState.MARKED:
        return str(_("This answer has been marked in the meantime. Take the next one."))
    if script.state is ScriptState.DIFFERING:
        return str(_("A mark is proposed to the other marker already. Wait for their answer."))
    return str(_("You have marked this answer. Now it waits for another person."))


def _author(script: Script) -> Person:
    return get_person_by_key(script.attempt.person_id)


def _set_aside(proposed: Mark | None) -> None:
    if proposed is not None:
        session.delete(proposed)
        session.flush()


def _weigh(script: Script) -> None:
    """Let the marks stand once all are in, unless they lie too far apart."""
    points = [mark.points for mark in script.marks if mark.kind is MarkKind.OWN]
    if len(points) < script.marks_needed:
        return
    earned = together(points, may_differ=script.may_differ)
    if earned is not None:
        _stand(script, earned, by=None)
        return
    WORKFLOW.insist(script.state, ScriptState.DIFFERING)
    script.state = ScriptState.DIFFERING
    session.flush()
    record("training.script.differing", script, by=None, person=_author(script), changes={"points": points, "may_differ": script.may_differ})


def _stand(script: Script, earned: Fraction, *, by: Person | None) -> None:
    WORKFLOW.insist(script.state, ScriptState.MARKED)
    script.state, script.earned, script.marked_at = ScriptState.MARKED, str(earned), now()
    session.flush()
    record("training.script.marked", script, by=by, person=_author(script), changes={"earned": str(earned)})
    lock_graded(script.attempt_id)  # two markers of one attempt wait for each other here, so that one of them sees both done
    if queries.all_marked(script.attempt_id):
        attempt = settle_marked(script.attempt_id)
        mails.exam_marked(lock_graded(attempt.id))


def answer_proposal(script: Script, *, agrees: bool, by: Person) -> Script:
    """Say to the mark the other of the two proposes whether one agrees. If not, the two differ as before.

    Raises WrongState when nobody is asked, NotAllowed for anybody but the other marker.
    """
    script = queries.lock_script(script)
    _insist_on_marker(script, by)
    proposed = policy.proposal(script)
    if proposed is None:
        raise WrongState(_("There is no mark to agree on any more. Look at the answer again."))
    if not policy.can_answer(by, script):
        raise NotAllowed(_("Only the other of the two markers agrees."))
    changes: dict[str, Any] = {"agrees": agrees, "points": proposed.points}
    record("training.mark.answered", script, by=by, person=_author(script), changes=changes, reason=proposed.comment)
    if not agrees:
        _set_aside(proposed)
        session.expire(script, ["marks"])
        return script
    proposed.agreed_at = now()
    session.flush()
    _stand(script, Fraction(proposed.points), by=by)
    return script
