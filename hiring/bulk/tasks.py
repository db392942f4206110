"""Bulk actions in the background: one job for each slice, so that progress shows and a killed worker repeats nothing."""

from uuid import UUID

from core.jobs.queue import enqueue, task
from core.people.queries import get_person_by_key
from core.web.i18n import LOCALES, force_locale
from hiring.bulk.carrying import carry_out_slice, give_up_slice
from hiring.bulk.queries import lock_bulk


def _pass_over(*, reason: str, parked: bool, bulk_id: str) -> None:
    bulk = lock_bulk(UUID(bulk_id)) if parked else None
    if bulk is not None and bulk.is_under_way:
        give_up_slice(bulk)
        enqueue("hiring.carry_on_bulk", arguments={"bulk_id": bulk_id})


@task("hiring.carry_on_bulk", when_failed=_pass_over)
def carry_on_bulk(bulk_id: str) -> None:
    """Do the next slice, and ask for the one after it. What is under way says itself what is still to do."""
    bulk = lock_bulk(UUID(bulk_id))
    if bulk is None or not bulk.is_under_way:
        return
    by = get_person_by_key(bulk.by_id)
    with force_locale(by.locale if by.locale in LOCALES else "en"):
        if carry_out_slice(bulk, by=by):
            enqueue("hiring.carry_on_bulk", arguments={"bulk_id": bulk_id})
