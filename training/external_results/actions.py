"""Taking in results from elsewhere: a file is checked, shown, and taken in whole or not at all."""

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, Refusal, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import LOCALES, _, force_locale
from training.completions.actions import complete
from training.external_results import policy, queries
from training.external_results.checking import Checked, CheckedFile, check_file
from training.external_results.models import WORKFLOW, ExternalImport, ExternalResult, ImportState
from training.external_results.reading import decoded
from training.requirements.deriving import deriving_once
from training.requirements.models import CompletionSource

LARGEST = 2 * 1024 * 1024


def send_file(content: bytes, *, name: str, origin: str, by: Person) -> ExternalImport:
    """Keep a file of results as it was sent; nothing of it counts before it is confirmed. Raises Invalid when it cannot be read at all."""
    if not policy.can_import(by):
        raise NotAllowed(_("Only compliance takes in results from elsewhere."))
    if not content:
        raise Invalid(_("Choose a file first."), field="file")
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than 2 MB. Split it."), field="file")
    if not origin.strip():
        raise Invalid(_("Say where these results come from."), field="origin")
    text = decoded(content)
    check_file(text, by=by)
    sent = ExternalImport(name=name[:200] or "results.csv", origin=origin.strip(), text=text, sent_by_id=by.id)
    session.add(sent)
    session.flush()
    record("training.external_import.sent", sent, by=by, changes={"size": len(content)})
    return sent


def confirm_import(sent: ExternalImport, *, by: Person) -> None:
    """Let every line be taken in, in the background. Raises WrongState unless it waits for that, Invalid while a line has a problem."""
    if not policy.can_import(by):
        raise NotAllowed(_("Only compliance takes in results from elsewhere."))
    WORKFLOW.insist(sent.state, ImportState.RUNNING)
    _insist_on_sound(check_file(sent.text, by=by))
    _move(sent, ImportState.RUNNING)
    sent.sent_by_id = by.id  # who confirms answers for it
    record("training.external_import.confirmed", sent, by=by)
    session.flush()
    enqueue("training.take_in_results", arguments={"sent": sent.id})


def _insist_on_sound(found: CheckedFile) -> None:
    if found.problems:
        raise Invalid(_("Lines still have problems. Nothing is taken in before each is put right."))
    if not found.fresh:
        raise Invalid(_("Every line is on record already. There is nothing to take in."))


def discard_import(sent: ExternalImport, *, by: Person) -> None:
    """Put a file away that was not taken in."""
    if not policy.can_import(by):
        raise NotAllowed(_("Only compliance takes in results from elsewhere."))
    WORKFLOW.insist(sent.state, ImportState.DISCARDED)
    _move(sent, ImportState.DISCARDED)
    record("training.external_import.discarded", sent, by=by)


def _move(sent: ExternalImport, to: ImportState) -> None:
    sent.state = to


def take_in(key: int) -> None:
    """Take in a confirmed file, all its lines or, where one no longer fits, none. Doing it twice is doing it once."""
    sent = queries.lock_import(key)
    if sent is None or sent.state is not ImportState.RUNNING:
        return
    by = get_person_by_key(sent.sent_by_id)
    with force_locale(by.locale if by.locale in LOCALES else "en"):
        try:
            found = check_file(sent.text, by=by)
            _insist_on_sound(found)
        except Refusal as refusal:
            _move(sent, ImportState.CHECKED)
            sent.problem = str(refusal.sentence)
            return
    with deriving_once():
        for one in found.fresh:
            _take_in_line(sent, one, by=by)
    _move(sent, ImportState.DONE)
    sent.taken, sent.done_at, sent.problem = len(found.fresh), now(), ""
    record("training.external_import.done", sent, by=by, changes={"taken": sent.taken})


def _take_in_line(sent: ExternalImport, one: Checked, *, by: Person) -> None:
    if one.person is None or one.version is None or one.result is None:
        raise WrongState(_("Lines still have problems. Nothing is taken in before each is put right."))
    result = ExternalResult(
        import_id=sent.id,
        line=one.line.number,
        person_id=one.person.id,
        course_id=one.version.course_id,
        taken_on=one.result.day,
        score="" if one.result.score is None else str(one.result.score),
        passed=one.passed,
        provider=one.result.provider,
        reference=one.result.reference,
    )
    session.add(result)
    if one.passed:
        result.completion = complete(one.person, one.version, completed_on=one.result.day, by=by, source=CompletionSource.EXTERNAL)
    session.flush()
    changes = {"course": one.version.course_id, "taken_on": one.result.day.isoformat(), "score": result.score, "passed": one.passed}
    record("training.external_result.noted", result, by=by, person=one.person, changes=changes)


def give_up(key: int) -> None:
    """Let a file wait for confirmation again whose job was parked."""
    sent = queries.lock_import(key)
    if sent is not None and sent.state is ImportState.RUNNING:
        _move(sent, ImportState.CHECKED)
        sent.problem = _("It could not be taken in. Nothing of it counts; try again, and tell the administrator if it happens again.")
