"""Sitting exams: starting, saving answers, handing in, and what the clock does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from secrets import randbelow
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotFound, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _
from training.accommodations.policy import time_allowed
from training.catalogue.models import CourseVersion
from training.exams import policy, queries
from training.exams.attempts_left import attempts_used
from training.exams.drawing import draw, drawn_sections
from training.exams.grading import is_passed
from training.exams.models import (
    WORKFLOW,
    Attempt,
    AttemptState,
    Response,
)
from training.exams.policy import TOLERANCE, Start, StartState
from training.exams.reading import has_answer, read_answer
from training.exams.seats import hold_own, take_seat
from training.exams.settling import settle
from training.items.models import BY_HAND, ItemKind
from training.learning.actions import begin_study
from training.learning.queries import find_study, modules_read
from training.marking.opening import is_to_be_marked, open_scripts
from training.marking.queries import points_by_hand
from training.openings.actions import check_code
from training.openings.policy import ALWAYS_OPEN
from training.openings.queries import window_for
from training.regrading.corrections import corrections_of, not_to_be_drawn
from training.regrading.marks import counts_for, marking_rules, marks_for
from training.sections.blueprint import wanted_by
from training.sections.judging import Mark, sections_reached
from training.sections.queries import pass_marks_of, sections_of
from training.sessions.queries import has_attended

log = structlog.get_logger()
Answers = Mapping[str, Sequence[str]]  # public id of an item to what was sent for it


@dataclass(frozen=True)
class Saved:
    """What became of answers that were sent."""

    stored: int  # answers that are new or changed
    ignored: int  # answers older than those already saved
    answered: int
    sequence: int


def start_of(person: Person, version: CourseVersion, *, read: Collection[int], attempts: Sequence[Attempt]) -> Start:
    """Whether the person may begin an attempt at the version now. Needs `modules` to be loaded.

    `read` are the modules they have read, by inner key, `attempts` those at the course, newest first.
    """
    used = attempts_used(person, version)
    if not used.asks:
        return Start(StartState.NO_EXAM, 0)
    running = next((attempt for attempt in attempts if attempt.is_open), None)
    of_version = [attempt for attempt in attempts if attempt.version_id == version.id]
    failed = next((attempt for attempt in of_version if attempt.passed is False), None)
    ends = None
    if used.sat and failed is not None and failed.submitted_at is not None:
        ends = (failed.submitted_at, failed.deadline_at)
    start = policy.may_start(
        unread=len({module.id for module in version.modules}.difference(read)),
        has_attended=not version.needs_attendance or has_attended(person, version.course_id),
        left=used.left(version),
        open_attempt=running is not None and not policy.has_run_out(running, at=now()),
        being_marked=any(attempt.is_being_marked for attempt in attempts),
        last_failed=ends,
        cool_down=timedelta(hours=version.cool_down_hours),
        at=now(),
    )
    window = window_for(person, version.course_id, on=today(person.time_zone), at=now()) if used.is_limited else ALWAYS_OPEN
    if not window.is_open and start.state in (StartState.READY, StartState.WAIT):
        start = replace(start, state=StartState.NOT_OPEN)
    return replace(start, is_practice=not used.left_that_count(version), window=window, extra_percent=used.extra_percent)


@dataclass(frozen=True)
class Entry:
    """What somebody brings along to begin: the access code, the version's statement confirmed, the word of their device."""

    code: str = ""
    honour: bool = False
    seat: str = ""


def start_attempt(version: CourseVersion, *, by: Person, entry: Entry | None = None, seed: int | None = None) -> Attempt:
    """Begin an attempt, or come back to the one that is open, on this device. Two starts at once give one attempt.

    `seed` decides what is drawn; nobody can guess it unless it is given. Raises WrongState, saying why, when no attempt may begin now;
    Invalid for a statement that is not confirmed or a wrong code, which is counted.
    """
    entry = entry or Entry()
    begin_study(version, by=by)
    find_study(by, version, lock=True)
    running = queries.find_open_attempt(by, version.course_id)
    if running is not None:
        if not policy.has_run_out(running, at=now()):
            return take_seat(running, entry.seat, by=by) if entry.seat else running
        close_attempt(running.id)
    start = start_of(by, version, read=modules_read(by, version), attempts=queries.attempts_of(by, course_id=version.course_id))
    if start.state is not StartState.READY:
        raise WrongState(_refusal(start))
    if version.honour_statement and not entry.honour:
        raise Invalid(_("Confirm the statement before you begin."), field="honour")
    if start.window.opening is not None and start.window.opening.asks_code:
        check_code(start.window.opening, entry.code, by=by)
    attempt = _begin(version, start, entry, seed=randbelow(2**31) if seed is None else seed, by=by)
    record(
        "training.attempt.started",
        attempt,
        by=by,
        person=by,
        changes={"course": version.course_id, "version": version.number, "number": attempt.number, "honour": attempt.honour_at is not None},
    )
    enqueue(
        "training.close_attempt",
        arguments={"attempt": attempt.id},
        run_at=attempt.deadline_at + TOLERANCE + timedelta(seconds=1),
        key=f"training.close_attempt:{attempt.id}",
    )
    return attempt


def _begin(version: CourseVersion, start: Start, entry: Entry, *, seed: int, by: Person) -> Attempt:
    at, faulty, opening = now(), not_to_be_drawn(version.id), start.window.opening
    deadline_at = at + time_allowed(version.minutes, start.extra_percent)
    pool = [item for item in queries.drawable_items(version) if item.id not in faulty]
    attempt = Attempt(
        person_id=by.id,
        course_id=version.course_id,
        version_id=version.id,
        number=queries.last_number(by, version) + 1,
        seed=seed,
        drawn=draw(pool, wanted_by(sections_of(version.id)) or version.item_count, seed=seed, seen=queries.seen_items(by, version)),
        started_at=at,
        deadline_at=deadline_at if opening is None else min(deadline_at, opening.closes_at),
        closes_at=None if opening is None else opening.closes_at,
        opening_id=None if opening is None else opening.id,
        honour_at=at if version.honour_statement else None,
        seat=entry.seat,
        state=AttemptState.IN_PROGRESS,
        is_practice=start.is_practice,
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError as error:
        raise Conflict(_("This exam was started in another window. Go back to it there, or reload this page.")) from error
    return attempt


def _refusal(start: Start) -> str:
    sentences = {
        StartState.UNREAD: _("Read every module first, and say that you have."),
        StartState.NOT_ATTENDED: _("Come to a session of the course first. Then the exam opens."),
        StartState.WAIT: _("The next attempt may begin after a pause. The course's page says when."),
        StartState.BEING_MARKED: _("Your last attempt is being marked. There is no other until it is."),
        StartState.LOCKED: _("All attempts are used up. Ask compliance for one more."),
        StartState.NOT_OPEN: _("The exam is not open now. The course's page says when it is."),
        StartState.NO_EXAM: _("This course has no exam: who comes to a session has completed it."),
    }
    return str(sentences[start.state])


def save_answers(attempt: Attempt, answers: Answers, *, sequence: int, by: Person) -> Saved:
    """Keep answers as they come. What is older than what is saved for a question is ignored, so replays do no harm.

    Raises WrongState once the attempt is handed in or time is up, Invalid when anything sent does not belong to it:
    nothing is then changed.
    """
    hold_own(attempt, by)
    if not attempt.is_open:
        raise WrongState(_("This exam has been handed in. Nothing in it changes any more."))
    if not policy.takes_answers(attempt, at=now()):
        log.warning("answer after time", attempt=attempt.id, person=by.id, sequence=sequence)
        raise WrongState(_("Time is up. What you had saved before counts."))
    known = queries.references(attempt)
    if not answers.keys() <= known.keys():
        log.warning("answer to another exam", attempt=attempt.id, person=by.id)
        raise Invalid(_("An answer was sent to a question that is not in your exam. Reload the page."))
    read = {known[item].item_id: read_answer(known[item], sent) for item, sent in answers.items() if known[item].kind is not ItemKind.FILE}
    return _keep(attempt, read, sequence)


def _keep(attempt: Attempt, read: Mapping[int, dict[str, Any]], sequence: int) -> Saved:
    responses = queries.responses_of(attempt)
    stored = ignored = 0
    for item_id, answer in read.items():
        response = responses.get(item_id)
        if response is not None and response.sequence >= sequence:
            ignored += response.answer != answer
        elif response is None:
            if has_answer(answer):
                responses[item_id] = Response(attempt_id=attempt.id, item_id=item_id, answer=answer, sequence=sequence, saved_at=now())
                session.add(responses[item_id])
                stored += 1
        elif response.answer != answer:
            response.answer, response.sequence, response.saved_at = answer, sequence, now()
            stored += 1
    attempt.last_sequence = max(attempt.last_sequence, sequence)
    session.flush()
    answered = sum(has_answer(response.answer) for response in responses.values())
    return Saved(stored, ignored, answered, attempt.last_sequence)


def hand_in(attempt: Attempt, answers: Answers, *, sequence: int, by: Person) -> Attempt:
    """Hand an attempt in with the last answers, and grade it. Handing in twice is handing in once; after time only what was saved counts."""
    hold_own(attempt, by)
    if not attempt.is_open:
        return attempt
    if policy.takes_answers(attempt, at=now()):
        save_answers(attempt, answers, sequence=sequence, by=by)
    elif answers:
        log.warning("answer after time", attempt=attempt.id, person=by.id, sequence=sequence)
    return close_attempt(attempt.id, by=by) or attempt


def close_attempt(attempt_key: int, *, by: Person | None = None) -> Attempt | None:
    """Close and grade an attempt: by its person, or by the clock (`by` None) once time is up. Closing twice is closing once."""
    attempt = queries.lock_attempt(attempt_key)
    if attempt is None or not attempt.is_open:
        return attempt
    ran_out = policy.has_run_out(attempt, at=now())
    if by is None and not ran_out:
        return attempt
    attempt.ran_out, attempt.submitted_at = ran_out, attempt.deadline_at if ran_out else min(now(), attempt.deadline_at)
    by_hand = _grade(attempt)
    if not by_hand:
        return settle(attempt, by=None if ran_out else by)
    WORKFLOW.insist(attempt.state, AttemptState.BEING_MARKED)
    attempt.state, attempt.passed = AttemptState.BEING_MARKED, None
    open_scripts(attempt, by_hand)
    changes = {"earned": attempt.earned, "possible": attempt.possible, "ran_out": ran_out, "by_hand": len(by_hand)}
    learner = session.get_one(Person, attempt.person_id)
    record("training.attempt.to_be_marked", attempt, by=None if ran_out else by, person=learner, changes=changes)
    return attempt


def settle_marked(attempt_key: int) -> Attempt:
    """Grade an attempt whose last answer has been marked by hand, as any other is graded when it is handed in."""
    attempt = queries.lock_attempt(attempt_key)
    if attempt is None:
        raise NotFound
    _grade(attempt)
    return settle(attempt, by=None)


def _grade(attempt: Attempt) -> list[int]:
    """Note what was earned, and whether that is enough. Returns the items whose answers a person has still to mark: so far they earn nothing."""
    keys, held = queries.keys_of(attempt), corrections_of(attempt.version_id)
    answers = {response.item_id: response for response in attempt.responses}
    by_hand = points_by_hand(attempt) if any(key.kind in BY_HAND for key in keys.values()) else {}
    sections, marks, version, waiting = drawn_sections(attempt.drawn), [], attempt.course_version, list[int]()
    for item_id, key in keys.items():
        response, correction = answers.get(item_id), held.get(item_id)
        points = marks_for(key, correction, None if response is None else response.answer, **marking_rules(version))
        if is_to_be_marked(key.kind, response, correction):
            points = by_hand.get(item_id, points)
            waiting += [item_id] if item_id not in by_hand else []
        if response is None and points:
            response = Response(attempt_id=attempt.id, item_id=item_id, answer={}, sequence=0, saved_at=now())
            session.add(response)
        if response is not None:
            response.earned = str(points)
        marks.append(Mark(sections.get(item_id), points, counts_for(key, correction)))
    earned, possible = sum((mark.earned for mark in marks), Fraction(0)), sum(mark.counted for mark in marks)
    attempt.earned, attempt.possible = str(earned), possible
    attempt.passed = is_passed(earned, possible, version.pass_mark) and sections_reached(marks, pass_marks_of(version.id))
    return waiting


def close_overdue_attempts() -> None:
    """Close every attempt whose time is up, in case its own job was missed."""
    for key in queries.past_their_deadline(at=now() - TOLERANCE):
        close_attempt(key)
