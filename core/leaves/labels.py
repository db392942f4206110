"""Words for leaves of absence."""

from typing import Any

from core.leaves.models import LeaveKind
from core.web.i18n import _l

KINDS: dict[LeaveKind, Any] = {
    LeaveKind.PARENTAL: _l("Parental leave"),
    LeaveKind.MEDICAL: _l("Medical leave"),
    LeaveKind.CARE: _l("Caring for somebody"),
    LeaveKind.STUDY: _l("Study leave"),
    LeaveKind.SERVICE: _l("Public or military service"),
    LeaveKind.UNPAID: _l("Unpaid leave"),
    LeaveKind.OTHER: _l("Another leave"),
}
