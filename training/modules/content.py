"""What a module needs, and how it is shown. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import url_for
from markupsafe import Markup

from core.errors import Invalid
from core.web.i18n import _
from core.web.markdown import Picture, render_markdown
from training.catalogue.models import ModuleKind, ModulePicture

NEEDS_TEXT = frozenset({ModuleKind.TEXT, ModuleKind.ACKNOWLEDGEMENT})
HAS_FILE = frozenset({ModuleKind.PDF, ModuleKind.VIDEO})


@dataclass(frozen=True)
class ModuleFields:
    """A module, as written. Its file comes beside it."""

    kind: ModuleKind
    title: str
    text: str = ""
    address: str = ""
    minimum_seconds: int = 0


def check(fields: ModuleFields, *, has_file: bool) -> None:
    """Raise Invalid unless the module can be shown."""
    if fields.kind in NEEDS_TEXT and not fields.text.strip():
        raise Invalid(_("Write what is to be read."), field="text")
    if fields.kind in HAS_FILE and not has_file:
        raise Invalid(_("Choose a file first."), field="file")
    if fields.kind is ModuleKind.LINK and not is_safe_address(fields.address):
        raise Invalid(_("Give a whole address that begins with https:// and names a place, without a password in it."), field="address")


def is_safe_address(address: str) -> bool:
    """Whether an address leads to a page elsewhere over https, and to nothing else."""
    if len(address) > 500 or any(character.isspace() or not character.isprintable() for character in address) or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and port != 0


def shown(text: str, pictures: Iterable[ModulePicture]) -> Markup:
    """The text of a module with the pictures of its version, safe to show."""
    known = {
        f"image:{picture.number}": Picture(url_for("module_files.picture", picture_id=picture.public_id), picture.alternative) for picture in pictures
    }
    return Markup(render_markdown(text, known))  # noqa: S704 - cleaned by nh3
