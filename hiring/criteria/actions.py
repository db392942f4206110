"""What is done to the criteria and questions of a draft."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.postings import policy
from hiring.postings.models import Criterion, CriterionKind, Posting, Question, QuestionKind


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
    by: Person,
) -> Question:
    """Add a question for candidates to a draft. Raises Invalid for a knock-out that is not yes or no."""
    _insist(policy.can_edit(by, posting))
    check_question(kind, knock_out, accepted)
    question = Question(
        kind=kind,
        text=one_line(text),
        required=required or knock_out,
        knock_out=knock_out,
        accepted=accepted if knock_out else "",
        is_mission=is_mission,
        position=len(posting.questions),
    )
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
    by: Person,
) -> None:
    """Change a question of a draft."""
    _insist(policy.can_edit(by, posting))
    _insist_on_no_applicants(posting)
    check_question(kind, knock_out, accepted)
    question.kind, question.text, question.required, question.is_mission = kind, one_line(text), required or knock_out, is_mission
    question.knock_out, question.accepted = knock_out, accepted if knock_out else ""
    _touch(posting)
    record("hiring.posting.question_changed", posting, by=by, changes={"question": question.id})


def remove_question(question: Question, posting: Posting, *, by: Person) -> None:
    """Take a question out of a draft."""
    _insist(policy.can_edit(by, posting))
    _insist_on_no_applicants(posting)
    record("hiring.posting.question_removed", posting, by=by, changes={"question": question.id})
    posting.questions.remove(question)
    _touch(posting)


def check_question(kind: QuestionKind, knock_out: bool, accepted: str) -> None:
    """Raise Invalid for a knock-out that is not yes or no, or accepts neither."""
    if knock_out and kind is not QuestionKind.YES_NO:
        raise Invalid(_("Only a yes-or-no question can be a knock-out."), field="kind")
    if knock_out and accepted not in ("yes", "no"):
        raise Invalid(_("Choose which answer is accepted."), field="accepted")


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
