"""Certificates of many people: asking for them, issuing what is missing a slice at a time, gathering them into one file."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, Refusal, WrongState
from core.files.erasing import erase_files
from core.files.models import PDF
from core.files.store import read_content, store_bytes
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _
from training.bundles import policy, queries
from training.bundles.gathering import file_name, merged, zipped
from training.bundles.models import WORKFLOW, Bundle, BundleForm, BundleLine, BundleState, LineState
from training.bundles.queries import Wanted
from training.certificates.actions import issue_certificate
from training.certificates.queries import find_certificate

MOST = 5000  # certificates in one bundle
SLICE = 20  # in one transaction of a worker
LANES = 2  # jobs at the same time: as many as there are workers
KEPT = timedelta(days=7)
ZIP = "application/zip"


def begin_bundle(wanted: Wanted, form: BundleForm, *, by: Person) -> Bundle:
    """Ask for the certificates of all completions that fit; the rest happens in the background.

    Raises NotAllowed without the right, Invalid for days in the wrong order, when nothing fits and when too much does.
    """
    if not policy.can_bundle(by):
        raise NotAllowed(_("Only compliance issues certificates of many people."))
    if wanted.completed_to < wanted.completed_from:
        raise Invalid(_("The last day comes before the first."), field="completed_to")
    found = queries.fitting_completions(wanted, most=MOST + 1)
    if not found:
        raise Invalid(_("Nobody completed a course that fits. Choose other days, another course or another department."), field="completed_from")
    if len(found) > MOST:
        raise Invalid(_("More than %(most)d certificates fit. Choose fewer days, or one course.", most=MOST), field="completed_from")
    bundle = Bundle(
        by_id=by.id,
        form=form,
        course_id=None if wanted.course is None else wanted.course.id,
        department_id=None if wanted.department is None else wanted.department.id,
        completed_from=wanted.completed_from,
        completed_to=wanted.completed_to,
        lanes=min(LANES, len(found)),
    )
    session.add(bundle)
    session.flush()
    lines = [
        {"public_id": uuid4(), "bundle_id": bundle.id, "completion_id": key, "lane": place % bundle.lanes, "state": LineState.WAITING, "why": ""}
        for place, key in enumerate(found)
    ]
    session.execute(insert(BundleLine), lines)
    record("training.bundle.started", bundle, by=by, changes={"completions": len(found), "form": form.value})
    for lane in range(bundle.lanes):
        enqueue("training.issue_bundle", arguments={"bundle": bundle.id, "lane": lane})
    return bundle


def issue_slice(bundle: Bundle, *, lane: int) -> bool:
    """Issue what is missing among the next lines of a lane. Returns whether more wait in it."""
    lines = queries.waiting_lines(bundle, lane=lane, most=SLICE)
    for line in lines:
        try:
            with session.begin_nested():
                line.state = _issued(bundle, line)
        except Refusal as refusal:
            line.state, line.why = LineState.REFUSED, str(refusal.sentence)
        except IntegrityError:  # its own job was quicker
            line.state = LineState.FOUND
    session.flush()
    return len(lines) == SLICE


def _issued(bundle: Bundle, line: BundleLine) -> LineState:
    completion = line.completion
    if completion.superseded_at is not None:
        raise WrongState(_("The completion no longer counts."))
    found = find_certificate(completion)
    if found is not None:
        return LineState.FOUND
    if completion.person_id == bundle.by_id:
        raise NotAllowed(_("Nobody issues their own certificate."))
    issue_certificate(completion)
    return LineState.ISSUED


def pass_over(bundle: Bundle, *, lane: int) -> None:
    """Leave the next lines of a lane out: issuing them failed again and again, and the others shall not wait for them."""
    for line in queries.waiting_lines(bundle, lane=lane, most=SLICE):
        line.state, line.why = LineState.REFUSED, str(_("Issuing it failed. Tell whoever runs this system."))
    session.flush()


def end_lane(bundle: Bundle) -> None:
    """What follows when a lane has nothing to do: gathering, once all are through. The caller holds the bundle."""
    if bundle.state is not BundleState.ISSUING or queries.is_waiting(bundle):
        return
    if bundle.form is BundleForm.NONE:
        _finish(bundle)
        return
    WORKFLOW.insist(bundle.state, BundleState.GATHERING)
    bundle.state = BundleState.GATHERING
    session.flush()
    enqueue("training.gather_bundle", arguments={"bundle": bundle.id})


def gather(bundle: Bundle) -> None:
    """Put the certificates that stand into one file. Once more is friendly and does nothing. The caller holds the bundle."""
    if bundle.state is not BundleState.GATHERING:
        return
    files = list(_files(bundle))
    if not files:
        _finish(bundle, problem=str(_("None of them has a certificate that stands.")))
        return
    if bundle.form is BundleForm.ZIP:
        content, name, kind = zipped(files), "certificates.zip", ZIP
    else:
        content, name, kind = merged(files), "certificates.pdf", PDF
    file = store_bytes(content, name=name, content_type=kind, by=None, person=None)
    bundle.file_id, bundle.kept_until = file.id, now() + KEPT
    _finish(bundle)


def _files(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    for document, holder in session.execute(queries.documents_in(bundle)):
        yield file_name(holder, document.title, document.code), read_content(document.file)


def give_up(bundle: Bundle) -> None:
    """End a bundle whose file cannot be made, and say so. The caller holds it."""
    if bundle.is_under_way:
        _finish(bundle, problem=str(_("The file could not be made. The certificates themselves are issued. Try fewer at a time.")))


def _finish(bundle: Bundle, *, problem: str = "") -> None:
    WORKFLOW.insist(bundle.state, BundleState.DONE)
    bundle.state, bundle.finished_at, bundle.problem = BundleState.DONE, now(), problem
    session.flush()
    record("training.bundle.done", bundle, by=None, changes={state.value: number for state, number in queries.tallies([bundle])[bundle.id].items()})


def note_fetched(bundle: Bundle, *, by: Person) -> None:
    """Keep that the file left the house. Raises WrongState when it is no longer kept."""
    if not policy.can_fetch(by, bundle):
        raise WrongState(_("The file is no longer kept. Ask for it anew: the certificates themselves stay."))
    record("training.bundle.fetched", bundle, by=by, changes={"form": bundle.form.value})


def forget_files() -> int:
    """Erase the files whose time is over. Returns how many."""
    return erase_files([bundle.file_id for bundle in queries.outdated(now()) if bundle.file_id is not None])
