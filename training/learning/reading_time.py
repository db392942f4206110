"""Time spent with a module, counted from signs of life. Pure."""

from datetime import datetime, timedelta

LONGEST_GAP = timedelta(minutes=10)  # between two signs of life; a longer one is a pause, of which so much counts


def counted(seconds: int, seen_at: datetime | None, *, elsewhere_at: datetime | None, at: datetime) -> int:
    """The seconds counted by now: those before, and what passed since the last sign of life here or at any other module.

    Without a sign of life since a break (`seen_at` None) nothing is added: the counting begins now.
    """
    if seen_at is None:
        return seconds
    since = seen_at if elsewhere_at is None else max(seen_at, elsewhere_at)
    passed = min(max(at - since, timedelta()), LONGEST_GAP)
    return seconds + int(passed.total_seconds())


def minutes_left(minimum_seconds: int, seconds: int) -> int:
    """Whole minutes that are still to be spent, rounded up."""
    return -(-max(minimum_seconds - seconds, 0) // 60)
