"""Putting a mark right that stands: the attempt is judged again, and what hung on it follows."""

from fractions import Fraction

from core.audit.record import record
from core.db import hold, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.exams.models import Attempt
from training.items.by_hand import criteria_of
from training.marking import mails, policy, queries
from training.marking.judging import Sheet, points_of
from training.marking.models import MarkAmendment, Script, ScriptState
from training.regrading.actions import follow
from training.regrading.corrections import corrections_of
from training.regrading.marks import After, Before, judge
from training.regrading.models import RegradeOutcome
from training.regrading.queries import find_response, lock_graded
from training.regrading.section_marks import SectionMarks


def amend_mark(script: Script, sheet: Sheet, *, seen: int, reason: str, keeps_passed: bool, by: Person) -> MarkAmendment:
    """Amend the mark of an answer. `seen` is the version of it that was looked at.

    Raises NotAllowed without the right or for one's own answer, WrongState before it is marked, Conflict when somebody else amended it since,
    Invalid without a reason, when nothing would change, or where a correction of the question decides instead.
    """
    script = queries.lock_script(script)
    if script.state is not ScriptState.MARKED:
        raise WrongState(_("Only a mark that stands is amended. This answer is still being marked."))
    if not policy.can_amend(by, script):
        raise NotAllowed(_("Only compliance amends marks, and nobody a mark of their own answer."))
    if script.version != seen:
        raise Conflict(_("Somebody else amended this mark while you were looking. Look at it again first."))
    if not reason.strip():
        raise Invalid(_("Say why the mark is amended. Whose answer it is reads it."), field="reason")
    points = Fraction(points_of(criteria_of(script.item.criteria), sheet.levels))
    old = Fraction(script.earned)
    if points == old:
        raise Invalid(_("The mark would be worth the same. Choose other levels."))
    if script.item_id in corrections_of(script.attempt.version_id):
        raise Invalid(_("This question was corrected for everybody, so its marks no longer count."))
    attempt = hold(lock_graded(script.attempt_id))
    after = _judge_again(attempt, script, old=old, new=points, keeps_passed=keeps_passed)
    script.earned = str(points)
    made = MarkAmendment(
        script_id=script.id, attempt_id=attempt.id, levels=list(sheet.levels), notes=list(sheet.notes), old_points=str(old), new_points=str(points),
        old_earned="" if after is None else attempt.earned, new_earned="" if after is None else str(after.earned), possible=attempt.possible,
        outcome=RegradeOutcome.SAME if after is None else after.outcome, reason=reason.strip(), by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    changes = {"points": [str(old), str(points)], "outcome": made.outcome.value, "attempt": attempt.id}
    record("training.mark.amended", made, by=by, person=attempt.person, changes=changes, reason=made.reason)
    if after is not None:
        _carry_out(attempt, script, after, made, by=by)
    return made


def _judge_again(attempt: Attempt, script: Script, *, old: Fraction, new: Fraction, keeps_passed: bool) -> After | None:
    """What becomes of a graded attempt; nothing yet of one that waits for other marks."""
    if attempt.is_being_marked:
        return None
    points = script.item.points
    before = Before(Fraction(attempt.earned), attempt.possible, bool(attempt.passed), old, points)
    in_sections = SectionMarks(script.item, None, among=[attempt.id]).reached(attempt.id, on_item=new)
    mark = attempt.course_version.pass_mark
    return judge(before, on_item=new, counted=points, pass_mark=mark, keeps_passed=keeps_passed, in_sections=in_sections)


def _carry_out(attempt: Attempt, script: Script, after: After, made: MarkAmendment, *, by: Person) -> None:
    response = find_response(attempt, script.item)
    if response is not None:
        response.earned = made.new_points
    changes = {"earned": [attempt.earned, str(after.earned)], "passed": [attempt.passed, after.passed]}
    attempt.earned, attempt.passed = str(after.earned), after.passed
    session.flush()
    record("training.attempt.regraded", attempt, by=by, person=attempt.person, changes=changes, reason=made.reason)
    follow(attempt, after.outcome, reason=made.reason, by=by)
    mails.mark_amended(attempt, outcome=after.outcome, reason=made.reason)
