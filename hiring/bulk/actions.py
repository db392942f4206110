"""Beginning a bulk action: who is chosen, how it is done, that it starts, and that it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete, insert

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.folding import folded
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import DeclineReason
from hiring.bulk import policy
from hiring.bulk.carrying import carry_out_slice
from hiring.bulk.models import WORKFLOW, Bulk, BulkItem, BulkKind, BulkState
from hiring.bulk.queries import get_bulk, tallies, unbegun_before
from hiring.messages.actions import LONGEST as LONGEST_MESSAGE
from hiring.postings.models import Stage
from hiring.tags.actions import LONGEST as LONGEST_TAG

MOST = 2000  # applications in one bulk action
AT_ONCE = 50  # more are done in the background
HOURS = (0, 1, 4, 24, 48, 72, 168, 336)
KEPT = timedelta(days=1)  # what was chosen and never begun


@dataclass(frozen=True)
class Settings:
    """How a bulk action is done. Only what its kind needs counts."""

    stage: Stage | None = None
    reason: DeclineReason | None = None
    hours: int = 0
    text: str = ""


def choose(kind: BulkKind, keys: Sequence[tuple[int, int]], *, came_from: str = "", by: Person) -> Bulk:
    """Keep who was chosen: inner keys and versions of applications that were found for the person. Nothing happens to anybody yet."""
    _insist(kind, by)
    if not keys:
        raise Invalid(_("Choose at least one application first."))
    if len(keys) > MOST:
        raise Invalid(_("At most %(most)d applications at a time. Narrow the list with its filters first.", most=MOST))
    _forget_unbegun(by)
    bulk = Bulk(kind=kind, by_id=by.id, came_from=came_from)
    session.add(bulk)
    session.flush()
    session.execute(
        insert(BulkItem),
        [{"public_id": uuid4(), "bulk_id": bulk.id, "application_id": key, "seen_version": version} for key, version in sorted(keys)],
    )
    return bulk


def set_up(bulk: Bulk, settings: Settings, *, by: Person) -> None:
    """Say how it is done, so that the page can show what would happen."""
    bulk = _held(bulk, by)
    if bulk.state is not BulkState.CHOSEN:
        raise WrongState(_("This has begun already."))
    text = settings.text.strip()
    if bulk.kind is BulkKind.DECLINE and settings.reason is None:
        raise Invalid(_("Choose a reason."), field="reason")
    if settings.hours not in HOURS:
        raise Invalid(_("Choose when the letters go out."), field="hours")
    if bulk.kind is BulkKind.TAG and not folded(text.lstrip("#")):
        raise Invalid(_("A tag needs a name."), field="text")
    if bulk.kind is BulkKind.MESSAGE and not text:
        raise Invalid(_("Write something first."), field="text")
    longest = LONGEST_TAG if bulk.kind is BulkKind.TAG else LONGEST_MESSAGE
    if len(text) > longest:
        raise Invalid(_("At most %(most)d characters.", most=longest), field="text")
    bulk.stage, bulk.reason, bulk.hours, bulk.text, bulk.is_set = settings.stage, settings.reason, settings.hours, text, True
    session.flush()


def start(bulk: Bulk, *, seen_version: int, by: Person) -> Bulk:
    """Do it: at once, or in the background when there are many. Once more is friendly and does nothing.

    Raises Conflict when it was set up otherwise than the person saw.
    """
    bulk = _held(bulk, by)
    if bulk.state is not BulkState.CHOSEN:
        return bulk
    if not bulk.is_set or bulk.kind is BulkKind.EXPORT:
        raise WrongState(_("Say first how it is to be done."))
    if bulk.version != seen_version:
        raise Conflict(_("This was changed in another window. Look through it again."))
    WORKFLOW.insist(bulk.state, BulkState.RUNNING)
    bulk.state, bulk.started_at = BulkState.RUNNING, now()
    bulk.tell_at = now() + timedelta(hours=bulk.hours) if bulk.kind is BulkKind.DECLINE and bulk.hours else None
    return _under_way(bulk, "hiring.bulk.started", by)


def take_back(bulk: Bulk, *, by: Person) -> Bulk:
    """Call back the letters of a bulk rejection and reopen its applications. Once more is friendly and does nothing."""
    bulk = _held(bulk, by)
    if bulk.state in (BulkState.UNDOING, BulkState.UNDONE):
        return bulk
    if not bulk.letters_wait:
        raise WrongState(_("This cannot be taken back any more: the letters have gone out."))
    WORKFLOW.insist(bulk.state, BulkState.UNDOING)
    bulk.state = BulkState.UNDOING
    return _under_way(bulk, "hiring.bulk.taken_back", by)


def note_export(bulk: Bulk, *, by: Person, count: int, form: str) -> None:
    """Keep that a list left the house."""
    bulk = _held(bulk, by)
    if bulk.kind is not BulkKind.EXPORT:
        raise WrongState(_("This is not an export."))
    record("hiring.bulk.exported", bulk, by=by, changes={"applications": count, "form": form})


def _under_way(bulk: Bulk, event: str, by: Person) -> Bulk:
    total = tallies([bulk])[bulk.id].total
    record(event, bulk, by=by, changes={"kind": bulk.kind.value, "applications": total})
    session.flush()
    if total > AT_ONCE:
        enqueue("hiring.carry_on_bulk", arguments={"bulk_id": str(bulk.public_id)})
    else:
        while carry_out_slice(bulk, by=by):
            pass
    return bulk


def _held(bulk: Bulk, by: Person) -> Bulk:
    bulk = get_bulk(bulk.public_id, viewer=by, lock=True)
    _insist(bulk.kind, by)
    return bulk


def _insist(kind: BulkKind, by: Person) -> None:
    if not policy.can_do(by, kind):
        raise NotAllowed(_("You do not decide on applications."))


def _forget_unbegun(by: Person) -> None:
    keys = [bulk.id for bulk in unbegun_before(by, now() - KEPT)]
    if keys:
        session.execute(delete(BulkItem).where(BulkItem.bulk_id.in_(keys)))
        session.execute(delete(Bulk).where(Bulk.id.in_(keys)))
