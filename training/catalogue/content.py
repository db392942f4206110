"""What a version needs before it can be used."""

from core.web.i18n import _
from training.catalogue.models import TAUGHT_IN_SESSIONS, CourseVersion
from training.sections.blueprint import missing_from_pool


def missing_from(version: CourseVersion) -> list[str]:
    """Sentences about what a version lacks before it can be reviewed. Needs `course`, `modules`, `items` and `sections` to be loaded."""
    missing = []
    if not version.modules:
        missing.append(_("At least one module to read is needed."))
    is_without_exam = version.course.form in TAUGHT_IN_SESSIONS and not version.items and not version.sections  # coming to a session completes it
    return missing if is_without_exam else [*missing, *missing_from_pool(version)]
