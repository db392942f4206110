"""What a version needs before it can be used."""

from core.web.i18n import _
from training.catalogue.models import TAUGHT_IN_SESSIONS, CourseVersion
from training.items.models import ItemState


def missing_from(version: CourseVersion) -> list[str]:
    """Sentences about what a version lacks before it can be reviewed. Needs `course`, `modules` and `items` to be loaded."""
    missing = []
    drawable = sum(item.state is ItemState.APPROVED for item in version.items)
    if not version.modules:
        missing.append(_("At least one module to read is needed."))
    is_without_exam = version.course.form in TAUGHT_IN_SESSIONS and not version.items  # coming to a session completes it
    if drawable < version.item_count and not is_without_exam:
        missing.append(_("The exam draws %(count)s questions, but there are only %(there)s.", count=version.item_count, there=drawable))
    return missing
