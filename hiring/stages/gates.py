"""What applications have to show for themselves, read for the steps they may take."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, bindparam, select

from core.db import session
from core.people.models import Person
from hiring.applications.models import Application
from hiring.interviews.gates import missing_cards
from hiring.interviews.models import Interview, InterviewSeat, InterviewState, Scorecard, ScorecardState, SeatPart
from hiring.postings.models import Criterion, Stage
from hiring.screening.models import ScreeningMark
from hiring.stages.steps import Shown, missing_on_the_way, screeners

_OWED = and_(Interview.state == InterviewState.PLANNED, Interview.cards_required, ~InterviewSeat.declined)
_WRITTEN = and_(Scorecard.interview_id == Interview.id, Scorecard.person_id == InterviewSeat.person_id, Scorecard.state == ScorecardState.SENT)
# every seat of a member: application, stage, name, whether the card was sent, and whether it is owed
_SEATS = (
    select(Interview.application_id, Interview.stage_id, Person.name, Scorecard.id.is_not(None), _OWED)
    .join(InterviewSeat, InterviewSeat.interview_id == Interview.id)
    .join(Person, Person.id == InterviewSeat.person_id)
    .outerjoin(Scorecard, _WRITTEN)
    .where(
        Interview.application_id.in_(bindparam("keys", expanding=True)),
        Interview.state != InterviewState.CANCELLED,
        InterviewSeat.part == SeatPart.MEMBER,
    )
    .order_by(Interview.id, InterviewSeat.id)
)


def what_is_missing(application: Application, to_stage: Stage) -> list[str]:
    """What still stands against the application going to this stage of its posting, in sentences."""
    if to_stage.position <= application.stage.position:
        return []
    stages = _stages_of(application.posting_id)
    return missing_on_the_way(stages, application.stage, to_stage, shown_by([application], stages)[application.id])


def shown_by(applications: Sequence[Application], stages: Iterable[Stage]) -> dict[int, Shown]:
    """What each application of one posting has to show, by inner key. Asks only for what some stage needs: three statements."""
    return shown_by_keys({each.id: each.references_noted for each in applications}, list(stages))


def shown_by_keys(references: dict[int, int], stages: Sequence[Stage]) -> dict[int, Shown]:
    """The same for inner keys of applications, each with the number of its references."""
    return shown_across(references, dict.fromkeys(references, stages[0].posting_id), stages) if references else {}


def shown_across(references: dict[int, int], postings: Mapping[int, int], stages: Sequence[Stage]) -> dict[int, Shown]:
    """The same for applications of several postings, whose inner keys `postings` tells; `stages` are those of all of them."""
    keys = list(references)
    cards: dict[int, dict[int, int]] = {}
    missing: dict[int, dict[int, list[str]]] = {}
    for key, stage, name, sent, owed in session.execute(_SEATS, {"keys": keys}) if keys else ():
        if sent:
            cards.setdefault(key, {})[stage] = cards.get(key, {}).get(stage, 0) + 1
        elif owed:
            missing.setdefault(key, {}).setdefault(stage, []).append(name)
    people = _screeners(postings) if keys and any(stage.screeners_needed for stage in stages) else {}
    return {
        key: Shown(cards=cards.get(key, {}), missing=missing.get(key, {}), screeners=people.get(key, 0), references=noted)
        for key, noted in references.items()
    }


def shown_as_loaded(
    application: Application, interviews: Iterable[Interview], criteria: Iterable[Criterion], marks: Iterable[ScreeningMark]
) -> Shown:
    """The same without asking the database, for a page that has loaded interviews with their cards, criteria and marks anyway."""
    cards: dict[int, int] = {}
    missing: dict[int, list[str]] = {}
    for interview in interviews:
        if interview.state is not InterviewState.CANCELLED:
            cards[interview.stage_id] = cards.get(interview.stage_id, 0) + len(interview.counted_cards)
            missing.setdefault(interview.stage_id, []).extend(missing_cards(interview))
    people = screeners([(each.id, each.must_have) for each in criteria], {(mark.criterion_id, mark.by_id) for mark in marks})
    return Shown(cards=cards, missing=missing, screeners=people, references=application.references_noted)


def _stages_of(posting_key: int) -> Sequence[Stage]:
    query = select(Stage).where(Stage.posting_id == posting_key, Stage.removed_at.is_(None))
    return session.scalars(query.order_by(Stage.position, Stage.id)).all()


def _screeners(postings: Mapping[int, int]) -> dict[int, int]:
    criteria: dict[int, list[tuple[int, bool]]] = {}
    asked = select(Criterion.posting_id, Criterion.id, Criterion.must_have).where(Criterion.posting_id.in_(set(postings.values())))
    for posting, key, must_have in session.execute(asked.order_by(Criterion.id)):
        criteria.setdefault(posting, []).append((key, must_have))
    marks: dict[int, list[tuple[int, int]]] = {}
    query = select(ScreeningMark.application_id, ScreeningMark.criterion_id, ScreeningMark.by_id).where(
        ScreeningMark.application_id.in_(list(postings))
    )
    for key, criterion, person in session.execute(query.order_by(ScreeningMark.id)):
        marks.setdefault(key, []).append((criterion, person))
    return {key: screeners(criteria.get(postings[key], []), given) for key, given in marks.items()}
