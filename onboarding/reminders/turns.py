"""Whose turn it is besides tasks, gathered for many people in a handful of statements. Says nothing of what anybody wrote."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.db import session
from core.people.models import Employment, Person
from core.people.queries import managers_by_key, people_with_right
from core.people.rights import Right
from onboarding.checkins.models import CheckIn, CheckInState
from onboarding.checklists.models import FINISHED, Checklist, ChecklistState, Task
from onboarding.circle import stands
from onboarding.feedback.models import Feedback
from onboarding.goals.models import Goal, GoalState, GoalVersion
from onboarding.mentors.reassigning import without_mentor
from onboarding.programmes.queries import gates_reached
from onboarding.pulse.queries import asked_on
from onboarding.reviews.due import AHEAD
from onboarding.reviews.models import UNFINISHED, Assessment, Outcome, Review, ReviewAction, ReviewSignature, ReviewState, Side
from onboarding.shadowing.queries import undecided_sessions
from onboarding.waivers.models import Waiver, WaiverState


class Act(StrEnum):
    """What somebody is to do."""

    DECIDE_WAIVER = "decide_waiver"
    ASSESS = "assess"
    BOOK_REVIEW = "book_review"
    AGREE_ON_REVIEW = "agree_on_review"
    SIGN_REVIEW = "sign_review"
    CONSENT = "consent"
    DO_AGREED = "do_agreed"
    AGREE_ON_GOAL = "agree_on_goal"
    CHECK_IN = "check_in"
    GIVE_FEEDBACK = "give_feedback"
    DECIDE_SESSION = "decide_session"
    OPEN_GATE = "open_gate"
    FIND_MENTOR = "find_mentor"
    ANSWER_PULSE = "answer_pulse"


@dataclass(frozen=True)
class TurnLine:
    """What waits for a person: with or about whom (empty for oneself), by when, and the public id of the thing."""

    act: Act
    about: str
    thing: UUID | str  # its public id, or what stands for it in an address
    on: date | None = None
    at: datetime | None = None


Found = Iterator[tuple[int, TurnLine]]
Keys = Collection[int] | None  # None: everybody


def turns(keys: Keys, *, on: date, soon: timedelta, at: datetime) -> Found:
    """Whose turn it is, as inner key and line; with keys of these people alone."""
    for right, of_right in ((Right.RUN_ONBOARDING, _consents), (Right.SEE_ONBOARDING, _sessions), (Right.SCHEDULE_SHADOWING, _without_mentor)):
        team = {person.id for person in people_with_right(right) if keys is None or person.id in keys}
        yield from of_right(team, on=on, at=at) if team else ()
    yield from _waivers(keys)
    yield from _reviews(keys, on=on)
    yield from _agreed(keys, until=on + soon)
    yield from _goals(keys, on=on)
    yield from _feedback(keys)
    yield from _check_ins(keys, at=at)
    yield from _pulses(keys, on=on)


def _among(keys: Keys, *columns: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    return true() if keys is None else or_(*(column.in_(keys) for column in columns))


def _wanted(keys: Keys, key: int | None) -> bool:
    return key is not None and (keys is None or key in keys)


def _waivers(keys: Keys) -> Found:
    """Of each waiver those who may decide it, as the policy of checklists has it."""
    query = (
        select(Waiver.asked_by_id, Task.public_id, Task.required, Checklist.person_id, Checklist.manager_id, Person.name)
        .join(Task, Task.id == Waiver.task_id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .join(Person, Person.id == Checklist.person_id)
        .where(Waiver.state == WaiverState.ASKED, Checklist.state == ChecklistState.RUNNING, Task.state.not_in(FINISHED))
        .order_by(Waiver.asked_at, Waiver.id)
    )
    rows = session.execute(query).all()
    run = {person.id for person in people_with_right(Right.RUN_ONBOARDING)} if rows else set()
    see = {person.id for person in people_with_right(Right.SEE_ONBOARDING)} if rows else set()
    for asked_by, task_id, required, new_hire, manager, name in rows:
        deciders = {key for key in run if key != new_hire and not (required and key == asked_by)}
        if manager in see and manager != new_hire and asked_by not in (manager, new_hire):
            deciders.add(manager)
        for key in sorted(deciders):
            if _wanted(keys, key):
                yield key, TurnLine(Act.DECIDE_WAIVER, name, task_id)


def _reviews(keys: Keys, *, on: date) -> Found:
    line = aliased(Employment)

    def sent(side: Side) -> ColumnElement[bool]:
        return exists().where(Assessment.review_id == Review.id, cast(Assessment.side, String) == side.value, Assessment.sent_at.is_not(None))

    def signed(side: Side) -> ColumnElement[bool]:
        return exists().where(ReviewSignature.review_id == Review.id, cast(ReviewSignature.side, String) == side.value)

    query = (
        select(Review, Person.name, line.manager_id, sent(Side.PERSON), sent(Side.MANAGER), signed(Side.PERSON), signed(Side.MANAGER))
        .join(Person, Person.id == Review.person_id)
        .outerjoin(line, (line.person_id == Review.person_id) & stands(line, on))
        .where(Review.state.in_(UNFINISHED), Review.due_on <= on + AHEAD)
        .where(_among(keys, Review.person_id, line.manager_id) | line.manager_id.is_(None))
        .order_by(Review.due_on, Review.id, line.valid_from)
    )
    seen: set[tuple[int, int]] = set()
    stand_ins = [person.id for person in people_with_right(Right.RUN_ONBOARDING)]
    for review, name, manager, own_sent, their_sent, own_signed, their_signed in session.execute(query):
        own, theirs = _turn_of(review, own_sent, own_signed, leads=False), _turn_of(review, their_sent, their_signed, leads=True)
        leading = _leading(manager, review.person_id, stand_ins)
        for key, about, act in ((review.person_id, "", own), *((key, name, theirs) for key in leading)):
            if act is not None and _wanted(keys, key) and (key, review.id) not in seen:
                seen.add((key, review.id))
                yield key, TurnLine(act, about, review.public_id, review.due_on)


def _leading(manager: int | None, person: int, stand_ins: Sequence[int]) -> list[int]:
    """Who speaks for the manager's side: the manager, or human resources where there is none; nobody for themselves."""
    if manager is not None and manager != person:
        return [manager]
    return [key for key in stand_ins if key != person]


def _turn_of(review: Review, sent: bool, signed: bool, *, leads: bool) -> Act | None:
    if review.state is ReviewState.OPEN:
        return None if sent else Act.ASSESS
    if review.state is ReviewState.ASSESSED:
        if not leads:
            return None
        return Act.BOOK_REVIEW if review.booking_id is None else Act.AGREE_ON_REVIEW
    return None if signed or review.waits_for_consent else Act.SIGN_REVIEW


def _consents(team: Collection[int], *, on: date, at: datetime) -> Found:
    """Ends that human resources has to consent to; not who is in the review."""
    line = aliased(Employment)
    query = (
        select(Review.id, Review.public_id, Review.person_id, Review.due_on, Person.name, line.manager_id)
        .join(Person, Person.id == Review.person_id)
        .outerjoin(line, (line.person_id == Review.person_id) & stands(line, on))
        .where(Review.state == ReviewState.AGREED, Review.outcome == Outcome.END, Review.consented_at.is_(None))
        .order_by(Review.due_on, Review.id, line.valid_from)
    )
    rows = session.execute(query).all()
    leading = {(review, manager) for review, _id, _person, _due, _name, manager in rows}
    told: set[int] = set()
    for review, thing, person, due_on, name, _manager in rows:
        for key in sorted(team) if review not in told else ():
            if key != person and (review, key) not in leading:
                yield key, TurnLine(Act.CONSENT, name, thing, due_on)
        told.add(review)


def _agreed(keys: Keys, *, until: date) -> Found:
    query = (
        select(ReviewAction.owner_id, ReviewAction.public_id, ReviewAction.due_on, Review.person_id, Person.name)
        .join(Review, Review.id == ReviewAction.review_id)
        .join(Person, Person.id == Review.person_id)
        .where(ReviewAction.done_at.is_(None), Review.state == ReviewState.SIGNED, ReviewAction.due_on <= until)
        .where(_among(keys, ReviewAction.owner_id))
        .order_by(ReviewAction.due_on, ReviewAction.id)
    )
    for owner, thing, due_on, person, name in session.execute(query):
        yield owner, TurnLine(Act.DO_AGREED, "" if owner == person else name, thing, due_on)


def _goals(keys: Keys, *, on: date) -> Found:
    """Proposals, for the other side."""
    line = aliased(Employment)
    query = (
        select(GoalVersion.id, GoalVersion.proposed_side, Goal.public_id, Goal.person_id, Person.name, line.manager_id)
        .join(Goal, Goal.id == GoalVersion.goal_id)
        .join(Person, Person.id == Goal.person_id)
        .outerjoin(line, (line.person_id == Goal.person_id) & stands(line, on))
        .where(GoalVersion.agreed_at.is_(None), GoalVersion.refused_at.is_(None), Goal.state != GoalState.ENDED)
        .where(_among(keys, Goal.person_id, line.manager_id) | line.manager_id.is_(None))
        .order_by(GoalVersion.proposed_at, GoalVersion.id, line.valid_from)
    )
    stand_ins = [person.id for person in people_with_right(Right.RUN_ONBOARDING)]
    found = dict.fromkeys(
        (number, key, "" if side is Side.MANAGER else name, thing)
        for number, side, thing, person, name, manager in session.execute(query)
        for key in ([person] if side is Side.MANAGER else _leading(manager, person, stand_ins))
    )
    for _number, key, about, thing in found:
        if _wanted(keys, key):
            yield key, TurnLine(Act.AGREE_ON_GOAL, about, thing)


def _feedback(keys: Keys) -> Found:
    query = (
        select(Feedback.author_id, Person.name, Feedback.public_id)
        .join(Person, Person.id == Feedback.receiver_id)
        .where(Feedback.given_at.is_(None), Feedback.declined_at.is_(None), _among(keys, Feedback.author_id))
        .order_by(Feedback.asked_at, Feedback.id)
    )
    for author, name, thing in session.execute(query):
        yield author, TurnLine(Act.GIVE_FEEDBACK, name, thing)


def _check_ins(keys: Keys, *, at: datetime) -> Found:
    """Talks within the next day, for both who talk."""
    other, manager = aliased(Person), aliased(Person)
    query = (
        select(CheckIn.person_id, CheckIn.manager_id, other.name, manager.name, CheckIn.public_id, CheckIn.starts_at)
        .join(other, other.id == CheckIn.person_id)
        .join(manager, manager.id == CheckIn.manager_id)
        .where(CheckIn.state == CheckInState.PLANNED, CheckIn.starts_at > at, CheckIn.starts_at <= at + timedelta(hours=24))
        .where(_among(keys, CheckIn.person_id, CheckIn.manager_id))
        .order_by(CheckIn.starts_at, CheckIn.id)
    )
    for person_id, manager_id, name, manager_name, thing, starts_at in session.execute(query):
        for key, about in ((person_id, manager_name), (manager_id, name)):
            if _wanted(keys, key):
                yield key, TurnLine(Act.CHECK_IN, about, thing, at=starts_at)


def _sessions(managers: Collection[int], *, on: date, at: datetime) -> Found:
    """What waits for the manager in shadowing: where the two differ or were silent, and gates that are reached."""
    for key, name, thing in undecided_sessions(managers, at=at):
        yield key, TurnLine(Act.DECIDE_SESSION, name, thing)
    for key, name, thing in gates_reached(managers):
        yield key, TurnLine(Act.OPEN_GATE, name, thing)


def _without_mentor(schedulers: Collection[int], *, on: date, at: datetime) -> Found:
    """Sessions whose mentor will not be there, for human resources, who scheduled them, and the new hire's manager."""
    found = without_mentor(None, at=at)
    runs = {person.id for person in people_with_right(Right.RUN_ONBOARDING)} if found else set()
    managers = managers_by_key(on=on) if found else {}
    for risk in found:
        concerned = runs | {risk.session.scheduled_by_id, managers.get(risk.session.person_id, risk.session.scheduled_by_id)}
        for key in sorted(concerned & set(schedulers)):
            yield key, TurnLine(Act.FIND_MENTOR, risk.session.person.name, risk.session.public_id, at=risk.session.starts_at)


def _pulses(keys: Keys, *, on: date) -> Found:
    """New hires who have not said yet how they are doing."""
    for key, wave in asked_on(keys, on=on):
        yield key, TurnLine(Act.ANSWER_PULSE, "", wave.value)
