"""Writing modules of every kind, and the pictures of their texts."""

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotFound
from core.files.models import StoredFile
from core.files.pages import ask_for_pages
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.actions import open_for_writing
from training.catalogue.models import CourseVersion, Module, ModuleKind, ModulePicture
from training.modules.content import HAS_FILE, ModuleFields, check

MOST_PAGES = 200
MOST_PICTURES = 60


def write_module(version: CourseVersion, module: Module | None, fields: ModuleFields, *, file: StoredFile | None = None, by: Person) -> Module:
    """Add a module to a draft (`module` None) or change one, which keeps its kind and, without a new one, its file.

    Raises WrongState once it is not a draft, Invalid when something is missing.
    """
    version = open_for_writing(version, by)
    kept = None if module is None else module.file_id
    check(fields, has_file=file is not None or kept is not None)
    if module is None:
        module = Module(version_id=version.id, kind=fields.kind, position=1 + max((m.position for m in version.modules), default=0))
        session.add(module)
    module.title, module.text, module.minimum_seconds = fields.title, fields.text, fields.minimum_seconds
    module.address = fields.address if module.kind is ModuleKind.LINK else ""
    if module.kind in HAS_FILE and file is not None:
        module.file_id = file.id
        ask_for_pages(file, most=MOST_PAGES)
    session.flush()
    changes = {"version": version.number, "course": version.course_id, "kind": module.kind.value, "file": None if file is None else file.sha256}
    record("training.module.written", module, by=by, changes=changes)
    return module


def move_module(version: CourseVersion, module: Module, *, up: bool, by: Person) -> None:
    """Let a module of a draft change places with the one before or after it."""
    version = open_for_writing(version, by)
    place = version.modules.index(module)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(version.modules):
        return
    order = list(version.modules)
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=1):
        one.position = position
    record("training.module.written", module, by=by, changes={"version": version.number, "course": version.course_id, "position": module.position})


def add_picture(version: CourseVersion, file: StoredFile, *, alternative: str, by: Person) -> ModulePicture:
    """Add a picture to a draft. Raises Invalid without words for who cannot see it."""
    version = open_for_writing(version, by)
    if not alternative.strip():
        raise Invalid(_("Say what the picture shows, for who cannot see it."), field="alternative")
    if len(version.pictures) >= MOST_PICTURES:
        raise Invalid(_("A version has up to %(count)s pictures. Take one out first.", count=MOST_PICTURES), field="file")
    number = 1 + max((picture.number for picture in version.pictures), default=0)
    picture = ModulePicture(version_id=version.id, number=number, alternative=" ".join(alternative.split()), file_id=file.id)
    session.add(picture)
    session.flush()
    record("training.picture.added", picture, by=by, changes={"version": version.number, "course": version.course_id, "file": file.sha256})
    return picture


def drop_picture(version: CourseVersion, number: int, *, by: Person) -> None:
    """Take a picture out of a draft. Raises NotFound where there is none of this number."""
    version = open_for_writing(version, by)
    picture = next((one for one in version.pictures if one.number == number), None)
    if picture is None:
        raise NotFound
    record("training.picture.dropped", picture, by=by, changes={"version": version.number, "course": version.course_id, "number": number})
    version.pictures.remove(picture)
