"""Correcting the key of an exam item, and grading again every attempt that asked it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.audit.record import record
from core.clock import now
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import _
from training.certificates.actions import revoke_certificate
from training.certificates.models import CertificateState
from training.certificates.queries import find_certificate, get_certificate
from training.completions.actions import complete, withdraw_completion
from training.completions.queries import find_completion_of_attempt
from training.exams.attempts_left import can_complete
from training.exams.drawing import drawn_order
from training.exams.grading import read_number
from training.exams.models import Attempt, Response
from training.exams.queries import attempts_of, drawable_items, key_of
from training.items.models import Item, ItemKind
from training.locks.actions import follow_grade
from training.regrading import mails, policy, queries
from training.regrading.corrections import corrections_of, not_to_be_drawn
from training.regrading.keys import BY_LINES, read_lines
from training.regrading.marks import After, Before, Correction, counts_for, judge, marking_rules, marks_for
from training.regrading.models import CorrectionKind, KeyCorrection, Regrade, RegradeOutcome
from training.regrading.queries import Sat
from training.regrading.section_marks import SectionMarks

AT_ONCE = 200  # attempts looked at in one job
LOOK_AGAIN = timedelta(minutes=2)  # for attempts that were being handed in while the correction was made


@dataclass(frozen=True)
class Foreseen:
    """What a correction would change for one attempt."""

    sat: Sat
    after: After


@dataclass(frozen=True)
class Preview:
    """What a correction would change: attempts that asked the item, those whose points change, and how many end how."""

    asked: int
    changed: list[Foreseen]
    outcomes: Mapping[RegradeOutcome, int]


def wanted_key(item: Item, *, kind: CorrectionKind, right: list[str], number: str, tolerance: str, lines: Sequence[str] = ()) -> Correction:
    """The correction somebody describes. `right` are public ids of options, `lines` what `keys.lines_of` shows, changed.

    Raises Invalid for a key the item cannot have.
    """
    if kind is not CorrectionKind.KEY:
        return Correction(kind)
    if item.kind in BY_LINES:
        return Correction(kind, read_lines(item, lines))
    if item.kind is ItemKind.NUMERIC:
        value, give = read_number(number), read_number(tolerance or "0")
        if value is None or give is None or give < 0:
            raise Invalid(_("Enter the right number, and how far off it may be."), field="number")
        return Correction(kind, {"number": str(value), "tolerance": str(give)})
    chosen = sorted(option.id for option in item.options if str(option.public_id) in right)
    if not item.options:
        raise Invalid(_("The key of this kind of question cannot be corrected here. Give everybody the points, or take it out."), field="kind")
    if not chosen:
        raise Invalid(_("Choose the right answers."), field="right")
    if item.kind is not ItemKind.MULTIPLE and len(chosen) == len(item.options):
        raise Invalid(_("If every answer is right, give everybody the points instead."), field="right")
    return Correction(kind, {"right": chosen})


def foresee(item: Item, wanted: Correction, *, keeps_passed: bool) -> Preview:
    """What the correction would change, without changing anything. Needs the item's options and version."""
    held = corrections_of(item.version_id).get(item.id)
    sat_by, sections = list(queries.sat_with(item)), SectionMarks(item, wanted)
    judged = [Foreseen(sat, _judge(item, sat, held, wanted, keeps_passed=keeps_passed, sections=sections)) for sat in sat_by]
    changed = [one for one in judged if (one.after.earned, one.after.possible) != (one.sat.earned, one.sat.possible)]
    return Preview(len(judged), changed, Counter(one.after.outcome for one in changed))


def _judge(item: Item, sat: Sat, held: Correction | None, wanted: Correction, *, keeps_passed: bool, sections: SectionMarks) -> After:
    key, version = key_of(item), item.course_version
    on_item = marks_for(key, wanted, sat.answer, **marking_rules(version))
    return judge(
        Before(sat.earned, sat.possible, sat.passed, sat.on_item, counts_for(key, held)),
        on_item=on_item,
        counted=counts_for(key, wanted),
        pass_mark=version.pass_mark,
        keeps_passed=keeps_passed,
        in_sections=sections.reached(sat.attempt_id, on_item=on_item),
    )


def correct_key(item: Item, wanted: Correction, *, keeps_passed: bool, reason: str, by: Person) -> KeyCorrection:
    """Correct an item of a version that was in force. Attempts are graded again in the background; new ones are graded by it at once.

    Raises NotAllowed without the right or when the person was asked the item in an exam of their own, WrongState while an earlier
    correction of the version is still being carried out, Invalid without a reason or when nothing would change.
    """
    if not policy.can_correct(by, item.course_version):
        raise NotAllowed(_("Only compliance corrects the keys of exams people have sat."))
    if any(item.id in drawn_order(attempt.drawn) for attempt in attempts_of(by, course_id=item.course_version.course_id)):
        raise NotAllowed(_("You answered this question in an exam of your own. Ask a colleague in compliance to correct it."))
    if not reason.strip():
        raise Invalid(_("Say what was wrong. Everybody whose score changes reads it."), field="reason")
    hold(item.course_version)
    if queries.has_unfinished(item.version_id):
        raise WrongState(_("Attempts are still being graded again after an earlier correction. Wait a moment, then try again."))
    if corrections_of(item.version_id).get(item.id) == wanted:
        raise Invalid(_("That is how the question is marked already."), field="kind")
    if wanted.kind is not CorrectionKind.KEY and not _others_left(item):
        raise Invalid(_("This is the last question that can be asked. Write the next version of the course first."), field="kind")
    made = KeyCorrection(
        item_id=item.id,
        version_id=item.version_id,
        kind=wanted.kind,
        key=dict(wanted.key),
        keeps_passed=keeps_passed,
        reason=reason.strip(),
        made_by_id=by.id,
    )
    session.add(made)
    session.flush()
    changes: dict[str, Any] = {"item": item.id, "version": item.version_id, "kind": wanted.kind.value, "key": dict(wanted.key)}
    record("training.key.corrected", made, by=by, changes={**changes, "keeps_passed": keeps_passed}, reason=reason.strip())
    _ask_for_slice(made, after=0, sweep=1)
    return made


def _others_left(item: Item) -> bool:
    faulty = not_to_be_drawn(item.version_id) | {item.id}
    return any(one.id not in faulty for one in drawable_items(item.course_version))


def _ask_for_slice(correction: KeyCorrection, *, after: int, sweep: int) -> None:
    arguments = {"correction": correction.id, "after": after, "sweep": sweep}
    run_at = now() + LOOK_AGAIN if sweep > 1 and after == 0 else None
    enqueue("training.regrade", arguments=arguments, run_at=run_at, key=f"training.regrade:{correction.id}:{sweep}:{after}")


def regrade_slice(correction_key: int, *, after: int, sweep: int) -> None:
    """Grade the next attempts again, and ask for those after them. What was graded already does not change again.

    A second sweep follows, for attempts that were being handed in while the correction was made.
    """
    correction = queries.lock_correction(correction_key)
    if correction is None or queries.has_newer(correction):
        return  # a newer correction of the same item looks at every attempt itself
    keys = queries.next_attempts(correction.item, after=after, limit=AT_ONCE)
    if keys:
        held = corrections_of(correction.version_id, before=correction.id).get(correction.item_id)
        done = queries.regraded(correction, keys)
        sections = SectionMarks(correction.item, Correction(correction.kind, correction.key), among=keys)
        for sat in list(queries.sat_with(correction.item, after=after, limit=AT_ONCE)):
            if sat.attempt_id not in done:
                _regrade(correction, sat, held, sections)
        _ask_for_slice(correction, after=keys[-1], sweep=sweep)
    elif sweep == 1:
        correction.finished_at = now()
        _ask_for_slice(correction, after=0, sweep=2)


def _regrade(correction: KeyCorrection, sat: Sat, held: Correction | None, sections: SectionMarks) -> None:
    wanted = Correction(correction.kind, correction.key)
    after = _judge(correction.item, sat, held, wanted, keeps_passed=correction.keeps_passed, sections=sections)
    if (after.earned, after.possible) == (sat.earned, sat.possible):
        return
    attempt = queries.lock_graded(sat.attempt_id)
    _note_points(attempt, correction, sat, wanted)
    made = Regrade(
        correction_id=correction.id,
        attempt_id=attempt.id,
        old_earned=str(sat.earned),
        new_earned=str(after.earned),
        old_possible=sat.possible,
        new_possible=after.possible,
        outcome=after.outcome,
    )
    session.add(made)
    attempt.earned, attempt.possible, attempt.passed = str(after.earned), after.possible, after.passed
    session.flush()
    changes = {"earned": [str(sat.earned), str(after.earned)], "possible": [sat.possible, after.possible], "passed": [sat.passed, after.passed]}
    record("training.attempt.regraded", attempt, by=correction.made_by, person=attempt.person, changes=changes, reason=correction.reason)
    by = get_person_by_key(correction.made_by_id)
    follow(attempt, after.outcome, reason=correction.reason, by=by)
    if after.outcome is not RegradeOutcome.SAME:
        mails.result_changed(attempt, outcome=after.outcome, reason=correction.reason)


def _note_points(attempt: Attempt, correction: KeyCorrection, sat: Sat, wanted: Correction) -> None:
    response = queries.find_response(attempt, correction.item)
    if response is None:  # nothing was answered, and everybody gets the points
        response = Response(attempt_id=attempt.id, item_id=correction.item_id, answer={}, sequence=0, saved_at=now())
        session.add(response)
    points = marks_for(key_of(correction.item), wanted, sat.answer, **marking_rules(attempt.course_version))
    response.earned = str(points)


def follow(attempt: Attempt, outcome: RegradeOutcome, *, reason: str, by: Person) -> None:
    """Let completion and certificate say what the attempt says now. Needs its person and version."""
    follow_grade(attempt, attempt.person)
    if outcome is RegradeOutcome.NOW_PASSED and attempt.submitted_at is not None and can_complete(attempt):
        day = attempt.submitted_at.astimezone(ZoneInfo(attempt.person.time_zone)).date()
        complete(attempt.person, attempt.course_version, completed_on=day, by=None, attempt_id=attempt.id)
    elif outcome is RegradeOutcome.NOW_FAILED:
        _take_back(attempt, reason=reason, by=by)


def _take_back(attempt: Attempt, *, reason: str, by: Person) -> None:
    completion = find_completion_of_attempt(attempt.id)
    if completion is None:
        return
    certificate = find_certificate(completion)
    if certificate is None or certificate.state is not CertificateState.ISSUED:
        withdraw_completion(completion, reason=reason, by=by)
        return
    revoke_certificate(get_certificate(certificate.public_id, viewer=by), reason=reason, by=by)  # and the completion with it
