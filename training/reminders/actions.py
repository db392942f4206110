"""Noting what the daily mail has told, in the transaction that writes it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from core.clock import now
from core.db import insert_into, session
from training.reminders.gathering import Line
from training.reminders.models import TrainingReminder

AT_ONCE = 1000


def note_told(lines: Iterable[Line], days: Mapping[int, date]) -> None:
    """Note that each recipient was told, on their own day. What was noted before stays as it is."""
    at = now()
    rows = [
        {
            "public_id": uuid4(),
            "recipient_id": line.recipient_id,
            "person_id": line.person_id,
            "lineage": line.lineage,
            "due_on": line.due_on,
            "audience": line.audience,
            "step": line.step,
            "day": days[line.recipient_id],
            "recorded_at": at,
        }
        for line in lines
    ]
    keys = ["recipient_id", "person_id", "lineage", "due_on", "audience", "step"]
    for first in range(0, len(rows), AT_ONCE):
        session.execute(insert_into(TrainingReminder).values(rows[first : first + AT_ONCE]).on_conflict_do_nothing(index_elements=keys))
