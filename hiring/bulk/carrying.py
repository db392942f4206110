"""Carrying a bulk action out, a slice at a time: what happens to an application and what is kept of it are one transaction."""

from sqlalchemy.exc import IntegrityError

from core.clock import now
from core.db import session
from core.errors import Refusal, WrongState
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.actions import advance_application, decline_application, reopen_application
from hiring.applications.models import Application, ApplicationState
from hiring.bulk.foreseeing import next_stage
from hiring.bulk.models import WORKFLOW, Bulk, BulkItem, BulkKind, BulkState, ItemState
from hiring.bulk.queries import due_items
from hiring.messages.actions import write_to_candidate
from hiring.tags.actions import tag_candidate

FOR_THE_OPEN = (BulkKind.ADVANCE, BulkKind.DECLINE)
SLICE = 25  # applications in one transaction of a worker


def carry_out_slice(bulk: Bulk, *, by: Person) -> bool:
    """Do the next ones, or take the next ones back. Returns whether more are to come. The caller holds the bulk action.

    Who is refused is left as they were, with the sentence that says why, and the others go on.
    """
    undoing = bulk.state is BulkState.UNDOING
    items = due_items(bulk, ItemState.DONE if undoing else ItemState.WAITING, most=SLICE) if bulk.is_under_way else []
    for item in items:
        try:
            with session.begin_nested():
                application = _take_back(item, by) if undoing else _do(bulk, item, by)
                item.seen_version = application.version
                item.state, item.why = ItemState.TAKEN_BACK if undoing else ItemState.DONE, ""
        except Refusal as refusal:
            item.state, item.why = ItemState.KEPT if undoing else ItemState.REFUSED, str(refusal.sentence)
        except IntegrityError:  # somebody wrote the same at the same moment
            item.state, item.why = ItemState.KEPT if undoing else ItemState.REFUSED, str(_("Somebody else was at it at the same moment."))
    session.flush()
    if len(items) == SLICE or not bulk.is_under_way:
        return bulk.is_under_way
    _finish(bulk, BulkState.UNDONE if undoing else BulkState.DONE)
    return False


def give_up_slice(bulk: Bulk) -> None:
    """Pass over the next ones: doing them failed again and again, and the others shall not wait for them."""
    undoing = bulk.state is BulkState.UNDOING
    for item in due_items(bulk, ItemState.DONE if undoing else ItemState.WAITING, most=SLICE):
        item.state = ItemState.KEPT if undoing else ItemState.REFUSED
        item.why = str(_("It failed. Try it on the application's own page, and tell whoever runs this system."))
    session.flush()


def _finish(bulk: Bulk, state: BulkState) -> None:
    WORKFLOW.insist(bulk.state, state)
    bulk.state, bulk.finished_at = state, now()
    session.flush()


def _do(bulk: Bulk, item: BulkItem, by: Person) -> Application:
    application = item.application
    if application.erased_at is not None:
        raise WrongState(_("The candidate had their data deleted."))
    if bulk.kind in FOR_THE_OPEN and application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application has been decided already."))
    if bulk.kind is BulkKind.ADVANCE:
        return _advance(bulk, item, by)
    if bulk.kind is BulkKind.DECLINE:
        assert bulk.reason is not None
        return decline_application(application, by=by, reason=bulk.reason, note=bulk.text, seen_version=item.seen_version, tell_at=bulk.tell_at)
    if bulk.kind is BulkKind.TAG:
        tag_candidate(application.candidate, bulk.text, by=by)
    else:
        write_to_candidate(application, bulk.text, by=by)
    return application


def _advance(bulk: Bulk, item: BulkItem, by: Person) -> Application:
    application = item.application
    target = bulk.stage or next_stage(application.posting.stages, application.stage_id)
    if target is None:
        raise WrongState(_("No stage follows to which somebody is moved by hand."))
    if target.id == application.stage_id:
        raise WrongState(_("It is in this stage already."))
    return advance_application(application, to_stage=target, by=by, seen_version=item.seen_version)


def _take_back(item: BulkItem, by: Person) -> Application:
    application = item.application
    if application.is_declined_for_candidate:
        raise WrongState(_("The candidate has been told already."))
    return reopen_application(application, by=by, reason=str(_("Taken back at once.")), seen_version=item.seen_version)
