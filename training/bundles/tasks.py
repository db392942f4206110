"""Background work of bundles: one job for each slice of each lane, so that progress shows and a killed worker repeats nothing."""

from datetime import timedelta

from core.jobs.queue import enqueue, task, timetable
from training.bundles import actions
from training.bundles.queries import find_bundle_by_key, lock_bundle


def _pass_over(*, reason: str, parked: bool, bundle: int, lane: int) -> None:
    found = find_bundle_by_key(bundle) if parked else None
    if found is not None and found.is_under_way:
        actions.pass_over(found, lane=lane)
        enqueue("training.issue_bundle", arguments={"bundle": bundle, "lane": lane})


@task("training.issue_bundle", when_failed=_pass_over)
def issue_bundle(bundle: int, lane: int) -> None:
    """Issue the next certificates of a lane, and ask for those after them; after the last, have them gathered."""
    found = find_bundle_by_key(bundle)
    if found is None or not found.is_under_way:
        return
    if actions.issue_slice(found, lane=lane):
        enqueue("training.issue_bundle", arguments={"bundle": bundle, "lane": lane})
    else:
        enqueue("training.end_bundle_lane", arguments={"bundle": bundle})  # in a transaction of its own: it sees what the other lane has done


@task("training.end_bundle_lane")
def end_bundle_lane(bundle: int) -> None:
    """Go on to gathering when every lane is through."""
    found = lock_bundle(bundle)
    if found is not None:
        actions.end_lane(found)


def _give_up(*, reason: str, parked: bool, bundle: int) -> None:
    found = lock_bundle(bundle) if parked else None
    if found is not None:
        actions.give_up(found)


@task("training.gather_bundle", when_failed=_give_up)
def gather_bundle(bundle: int) -> None:
    """Put the certificates into one file."""
    found = lock_bundle(bundle)
    if found is not None:
        actions.gather(found)


@timetable("training.forget_bundle_files", every=timedelta(hours=6))
def forget_bundle_files() -> None:
    """Erase the files of bundles whose time is over."""
    actions.forget_files()
