"""Until when completions count that a revision of their course ends."""

from sqlalchemy import Date, Subquery, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from core.db import Instant
from training.catalogue.models import CourseVersion


def ends_of_versions(*, at_an_instant: bool) -> Subquery:
    """The last day on which completions of a version count, of versions that a revision in force on the day `present` ends; few rows."""
    own, later = aliased(CourseVersion), aliased(CourseVersion)
    ends = select(own.id, func.min(later.older_count_until).label("until")).join(
        later, and_(later.course_id == own.course_id, later.number > own.number)
    )
    ends = ends.where(later.older_count_until.is_not(None), later.in_force_from <= bindparam("present", type_=Date))
    if at_an_instant:
        ends = ends.where(later.approved_at <= bindparam("known_at", type_=Instant))
    return ends.group_by(own.id).subquery()
