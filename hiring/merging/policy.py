"""When what was made one can be undone."""

from datetime import timedelta

from core.clock import now
from hiring.merging.models import Merge

UNDONE_WITHIN = timedelta(days=30)


def can_be_undone(merge: Merge) -> bool:
    """Whether two can still be made of what was made one."""
    return merge.undone_at is None and bool(merge.moved) and merge.merged_at + UNDONE_WITHIN > now()
