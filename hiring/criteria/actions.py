"""What is done to the criteria and questions of a draft."""

from collections.abc import Sequence

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.criteria.asking import WITH_OPTIONS, check_question, option_lines
from hiring.postings import policy
from hiring.postings.models import Criterion, CriterionKind, Posting, Question, QuestionKind
from hiring.postings.queries import lock_posting


def add_criterion(
    posting: Posting, *, kind: CriterionKind, text: str, must_have: bool = False, weight: int = 3, evidence: str = "", by: Person
) -> Criterion:
    """Add something candidates are compared by to a draft."""
    _insist(policy.can_edit(by, posting))
    place = len(posting.criteria)
    criterion = Criterion(kind=kind, text=one_line(text), must_have=must_have, weight=_weight(weight), evidence=evidence, position=place)
    posting.criteria.append(criterion)
    _touch(posting)
    record("hiring.posting.criterion_added", posting, by=by, changes={"criterion": criterion.id})
    return criterion


def change_criterion(
    criterion: Criterion, posting: Posting, *, kind: CriterionKind, text: str, must_have: bool, weight: int, evidence: str, by: Person
) -> None:
    """Change a criterion of a draft."""
    _insist(policy.can_edit(by, posting))
    criterion.kind, criterion.text, criterion.must_have = kind, one_line(text), must_have
    criterion.weight, criterion.evidence = _weight(weight), evidence
    _touch(posting)
    record("hiring.posting.criterion_changed", posting, by=by, changes={"criterion": criterion.id})


def remove_criterion(criterion: Criterion, posting: Posting, *, by: Person) -> None:
    """Take a criterion out of a draft."""
    _insist(policy.can_edit(by, posting))
    _insist_on_no_applicants(posting)
    record("hiring.posting.criterion_removed", posting, by=by, changes={"criterion": criterion.id})
    posting.criteria.remove(criterion)
    _touch(posting)


def add_question(
    posting: Posting,
    *,
    kind: QuestionKind,
    text: str,
    required: bool = True,
    knock_out: bool = False,
    accepted: str = "",
    is_mission: bool = False,
    options: Sequence[str] = (),
    knock_out_reason: str = "",
    by: Person,
) -> Question:
    """Add a question for candidates to a draft. Raises Invalid for options that are missing and for what cannot be a knock-out."""
    _insist(policy.can_edit(by, posting))
    question = Question(kind=kind, text=one_line(text), is_mission=is_mission, position=len(posting.questions))
    _fill(question, required=required, knock_out=knock_out, accepted=accepted, options=options, reason=knock_out_reason)
    posting.questions.append(question)
    _touch(posting)
    record("hiring.posting.question_added", posting, by=by, changes={"question": question.id})
    return question


def change_question(
    question: Question,
    posting: Posting,
    *,
    kind: QuestionKind,
    text: str,
    required: bool,
    knock_out: bool,
    accepted: str,
    is_mission: bool,
    options: Sequence[str] = (),
    knock_out_reason: str = "",
    by: Person,
) -> None:
    """Change a question of a draft."""
    _insist(policy.can_edit(by, posting))
    _insist_on_no_applicants(posting)
    with session.no_autoflush:  # a knock-out that is refused below would fail the table's own check first
        question.kind, question.text, question.is_mission = kind, one_line(text), is_mission
        _fill(question, required=required, knock_out=knock_out, accepted=accepted, options=options, reason=knock_out_reason)
    _touch(posting)
    record("hiring.posting.question_changed", posting, by=by, changes={"question": question.id})


def remove_question(question: Question, posting: Posting, *, by: Person) -> None:
    """Take a question out of a draft."""
    _insist(policy.can_edit(by, posting))
    _insist_on_no_applicants(posting)
    record("hiring.posting.question_removed", posting, by=by, changes={"question": question.id})
    posting.questions.remove(question)
    _touch(posting)


def follow_knock_outs(posting: Posting, *, declines: bool, days: int, by: Person) -> None:
    """Say whether a knock-out answer declines by itself, and how many days later the letter goes out.

    A draft's rule is approved with it; afterwards it can only be made milder: switched off, or given more time.
    """
    lock_posting(posting)
    milder = (not declines or posting.declines_knock_outs) and days >= posting.knock_out_days
    if not (policy.can_edit(by, posting) or (policy.can_reword(by, posting) and milder)):
        raise NotAllowed(_("After approval this rule can only be switched off or given more days."))
    if not 1 <= days <= 30:
        raise Invalid(_("Between 1 and 30 days."), field="days")
    before = [posting.declines_knock_outs, posting.knock_out_days]
    posting.declines_knock_outs, posting.knock_out_days = declines, days
    if before != [declines, days]:
        _touch(posting)
        record("hiring.posting.knock_out_rule_set", posting, by=by, changes={"declines": [before[0], declines], "days": [before[1], days]})


def _fill(question: Question, *, required: bool, knock_out: bool, accepted: str, options: Sequence[str], reason: str) -> None:
    listed = option_lines(options) if question.kind in WITH_OPTIONS else []
    check_question(question.kind, knock_out=knock_out, accepted=accepted, options=listed, reason=reason)
    question.required, question.knock_out, question.options = required or knock_out, knock_out, listed
    question.accepted, question.knock_out_reason = (accepted, one_line(reason)) if knock_out else ("", "")


def _weight(weight: int) -> int:
    if not 1 <= weight <= 5:
        raise Invalid(_("A weight is a number from 1 to 5."), field="weight")
    return weight


def _insist_on_no_applicants(posting: Posting) -> None:
    if posting.opened_at is not None:
        raise Conflict(_("People have answered this already, so it stays as it is."))


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("Criteria and questions can be changed while the posting is a draft, by its recruiters."))


def _touch(posting: Posting) -> None:
    posting.changed_at = now()
    session.flush()
