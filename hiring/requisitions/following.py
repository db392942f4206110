"""Letting a posting follow its requisition when that is approved with other pay."""

from core.audit.record import record
from core.db import session
from core.people.models import Person
from core.web.i18n import _
from hiring.postings.queries import lock_posting
from hiring.publishing.actions import note_in_history
from hiring.requisitions.band import PAY
from hiring.requisitions.models import Requisition
from hiring.requisitions.queries import posting_of


def follow_pay(requisition: Requisition, *, by: Person) -> None:
    """Let the posting name the range that was approved; one that names none goes on naming none. The caller holds the requisition."""
    posting = posting_of(requisition)
    if posting is None:
        return
    lock_posting(posting)
    names_pay = posting.salary_from is not None or posting.salary_to is not None
    wanted = {name: getattr(requisition, name) for name in (PAY if names_pay else PAY[2:])}
    before = {name: getattr(posting, name) for name in wanted}
    if before == wanted:
        return
    for name, value in wanted.items():
        setattr(posting, name, value)
    session.flush()
    if names_pay:
        note_in_history(posting, str(_("Pay follows its requisition, which was approved again.")), by=by)
    record("hiring.posting.pay_followed", posting, by=by, changes={name: [before[name], value] for name, value in wanted.items()})
