"""What is done with scorecards: kept while they are written, sent for good, and amended with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm.attributes import flag_modified

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.interviews import policy
from hiring.interviews.models import Interview, InterviewState, Recommendation, Scorecard, ScorecardAmendment, ScorecardMark, ScorecardState, SeatPart
from hiring.interviews.queries import lock_card
from hiring.postings.models import Criterion

NOT_YET_KEPT = 0  # the version of a card that nothing was written on


@dataclass(frozen=True)
class Findings:
    """What an interviewer has put on a card. `marks` holds mark and evidence for the inner keys of criteria."""

    recommendation: Recommendation | None = None
    evidence: str = ""
    private_note: str = ""
    marks: Mapping[int, tuple[int | None, str]] = field(default_factory=dict)
    still_open: str = ""


def keep_card(interview: Interview, *, findings: Findings, criteria: Sequence[Criterion], by: Person, version: int | None = None) -> Scorecard:
    """Keep what the interviewer has so far; nobody else sees it.

    `version` is the one that was on the page, `NOT_YET_KEPT` for an empty card. Raises Conflict when another window has kept something since,
    WrongState once the card is sent.
    """
    card = _own_card(interview, by)
    if card.state is ScorecardState.SENT:
        raise WrongState(_("You have sent this card. What it says changes only by an amendment with a reason."))
    _insist_on_version(card, version)
    _write(card, findings, criteria)
    return card


def send_card(interview: Interview, *, findings: Findings, criteria: Sequence[Criterion], by: Person, version: int | None = None) -> Scorecard:
    """Send the card for good. Raises WrongState before the interview has begun, Invalid without a recommendation and evidence."""
    if interview.booking.starts_at > now():
        raise WrongState(_("The interview has not begun yet. Your card is kept as a draft until then."))
    recommendation = _insist_on_whole(findings)
    card = keep_card(interview, findings=findings, criteria=criteria, by=by, version=version)
    card.state, card.sent_at = ScorecardState.SENT, now()
    session.flush()
    _record("hiring.scorecard.sent", interview, by=by, changes={"recommendation": recommendation.value, "in_training": card.in_training})
    return card


def amend_card(
    interview: Interview, *, findings: Findings, criteria: Sequence[Criterion], reason: str, by: Person, version: int | None = None
) -> Scorecard:
    """Change one's own sent card. What it said before stays with the reason, for everybody who may read the card.

    Raises Invalid without a reason, WrongState for a card that was not sent, Conflict when another window has changed it since.
    """
    if not reason.strip():
        raise Invalid(_("Say why you change a card that was sent."), field="reason")
    _insist_on_whole(findings)
    card = _own_card(interview, by)
    if card.state is not ScorecardState.SENT or card.recommendation is None:
        raise WrongState(_("You have not sent this card yet: change it as you like."))
    _insist_on_version(card, version)
    before, recommendation, evidence, still_open = _said(card), card.recommendation, card.evidence, card.still_open
    marks = [list(row) for row in card.rows]
    _write(card, findings, criteria)
    if _said(card) == before:
        return card  # the private note is nobody else's: it changes without a trace
    session.add(
        ScorecardAmendment(
            scorecard_id=card.id, reason=reason.strip(), recommendation=recommendation, evidence=evidence, still_open=still_open, marks=marks
        )
    )
    session.flush()
    changes: dict[str, object] = {}
    if recommendation is not card.recommendation:
        changes["recommendation"] = [recommendation.value, findings.recommendation.value if findings.recommendation else ""]
    _record("hiring.scorecard.amended", interview, by=by, changes=changes)  # the reason is about a person: it stays where it can be erased
    return card


def _said(card: Scorecard) -> tuple[object, ...]:
    """Everything others can read on the card."""
    return card.recommendation, card.evidence, card.still_open, card.rows


def _write(card: Scorecard, findings: Findings, criteria: Sequence[Criterion]) -> None:
    card.recommendation, card.evidence = findings.recommendation, findings.evidence
    card.private_note, card.still_open = findings.private_note, findings.still_open
    session.add(card)
    session.flush()
    present = {mark.criterion_id: mark for mark in card.marks}
    known = {criterion.id for criterion in criteria}
    changed = False
    for key, (mark, evidence) in findings.marks.items():
        if key not in known:
            raise Invalid(_("That criterion belongs to another posting."))
        row = present.get(key)
        if row is not None and (row.mark, row.evidence) != (mark, evidence):
            row.mark, row.evidence, changed = mark, evidence, True
        elif row is None and (mark is not None or evidence):
            card.marks.append(ScorecardMark(criterion_id=key, mark=mark, evidence=evidence))
            changed = True
    if changed:
        flag_modified(card, "evidence")  # a mark is part of the card: its version rises too
    session.flush()


def _own_card(interview: Interview, by: Person) -> Scorecard:
    if not policy.has_seat(by, interview):
        raise NotAllowed(_("Only those who interview fill in a scorecard."))
    if interview.state is not InterviewState.PLANNED:
        raise WrongState(_("This interview does not stand any more."))
    if not policy.writes_card(by, interview):
        raise WrongState(_("You said that you do not come. Say in your calendar that you come after all, or ask the recruiter to put you back."))
    card = lock_card(interview, by)
    if card is None:
        in_training = any(seat.person_id == by.id and seat.part is not SeatPart.MEMBER for seat in interview.seats)
        card = Scorecard(
            interview_id=interview.id, person_id=by.id, state=ScorecardState.DRAFT, sent_at=None, in_training=in_training, marks=[], amendments=[]
        )
    return card


def _insist_on_version(card: Scorecard, version: int | None) -> None:
    if version is not None and (card.version or NOT_YET_KEPT) != version:
        raise Conflict(_("This card was changed in another window. Reload the page to see what it holds now."))


def _insist_on_whole(findings: Findings) -> Recommendation:
    if findings.recommendation is None:
        raise Invalid(_("Choose a recommendation."), field="recommendation")
    if not findings.evidence.strip():
        raise Invalid(_("Say what you heard or saw that supports your recommendation."), field="evidence")
    return findings.recommendation


def _record(name: str, interview: Interview, *, by: Person, changes: dict[str, object]) -> None:
    record(name, interview, by=by, person=interview.application.candidate.person, changes=changes)
