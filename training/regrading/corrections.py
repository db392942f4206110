"""Reading which corrections hold. Exams ask here when they grade and draw."""

from sqlalchemy import select

from core.db import session
from training.regrading.marks import Correction
from training.regrading.models import CorrectionKind, KeyCorrection


def corrections_of(version_id: int, *, before: int | None = None) -> dict[int, Correction]:
    """Item to the correction that holds for it in the version (inner key); with `before` as it was before that correction (inner key)."""
    query = select(KeyCorrection.item_id, KeyCorrection.kind, KeyCorrection.key).where(KeyCorrection.version_id == version_id)
    if before is not None:
        query = query.where(KeyCorrection.id < before)
    return {item_id: Correction(kind, key) for item_id, kind, key in session.execute(query.order_by(KeyCorrection.id))}


def not_to_be_drawn(version_id: int) -> set[int]:
    """Items of the version (inner key) that were found faulty beyond repair."""
    return {item_id for item_id, correction in corrections_of(version_id).items() if correction.kind is not CorrectionKind.KEY}
