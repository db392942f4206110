"""Reading certificate designs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from training.designs.models import CertificateDesign

_WHOLE = (joinedload(CertificateDesign.course), joinedload(CertificateDesign.logo))


def designs() -> Sequence[CertificateDesign]:
    """Every design: those for every course first, then by course and language."""
    query = select(CertificateDesign).options(*_WHOLE)
    return session.scalars(query.order_by(CertificateDesign.course_id.is_not(None), CertificateDesign.course_id, CertificateDesign.language)).all()


def get_design(design_id: UUID) -> CertificateDesign:
    """The design, with course and logo. Raises NotFound."""
    found = session.scalars(select(CertificateDesign).where(CertificateDesign.public_id == design_id).options(*_WHOLE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_design(*, course_id: int | None, language: str) -> CertificateDesign | None:
    """The design exactly for this course, or exactly for every course."""
    mine = CertificateDesign.course_id.is_(None) if course_id is None else CertificateDesign.course_id == course_id
    return session.scalars(select(CertificateDesign).where(mine, CertificateDesign.language == language)).one_or_none()


def fitting_design(*, course_id: int, language: str) -> CertificateDesign | None:
    """The design certificates of the course are printed by in this language: its own before the one for every course."""
    mine = or_(CertificateDesign.course_id == course_id, CertificateDesign.course_id.is_(None))
    query = select(CertificateDesign).where(mine, CertificateDesign.language == language).options(joinedload(CertificateDesign.logo))
    return session.scalars(query.order_by(CertificateDesign.course_id.is_(None)).limit(1)).one_or_none()
