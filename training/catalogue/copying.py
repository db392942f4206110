"""Carrying modules and pictures over to the next version."""

from typing import Any

from core.db import session
from training.catalogue.models import CourseVersion, Module, ModulePicture

OWN = frozenset({"id", "public_id", "version_id"})  # what a copy does not share with what it was copied from


def copy_content(latest: CourseVersion, version: CourseVersion) -> None:
    """Add copies of the modules and pictures to a version; files are shared, for they never change. Needs both to be loaded."""
    for module in latest.modules:
        session.add(Module(version_id=version.id, **_columns(module)))
    for picture in latest.pictures:
        session.add(ModulePicture(version_id=version.id, **_columns(picture)))


def _columns(row: Module | ModulePicture) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key not in OWN}
