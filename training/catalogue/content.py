"""What a version needs before it can be used."""

from core.web.i18n import _
from training.catalogue.models import CourseVersion
from training.items.models import ItemState


def missing_from(version: CourseVersion) -> list[str]:
    """Sentences about what a version lacks before it can be reviewed. Needs `modules` and `items` to be loaded."""
    missing = []
    drawable = sum(item.state is ItemState.APPROVED for item in version.items)
    if not version.modules:
        missing.append(_("At least one module to read is needed."))
    if drawable < version.item_count:
        missing.append(_("The exam draws %(count)s questions, but there are only %(there)s.", count=version.item_count, there=drawable))
    return missing
