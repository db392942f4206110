"""Words for kinds of module."""

from typing import Any

from core.web.i18n import _l
from training.catalogue.models import ModuleKind

KINDS: dict[ModuleKind, Any] = {
    ModuleKind.TEXT: _l("Text with pictures"),
    ModuleKind.PDF: _l("PDF"),
    ModuleKind.VIDEO: _l("Video"),
    ModuleKind.LINK: _l("Page or video elsewhere"),
    ModuleKind.ACKNOWLEDGEMENT: _l("Statement to confirm by name"),
}
ICONS: dict[ModuleKind, str] = {
    ModuleKind.TEXT: "file-text",
    ModuleKind.PDF: "file-earmark-pdf",
    ModuleKind.VIDEO: "play-btn",
    ModuleKind.LINK: "box-arrow-up-right",
    ModuleKind.ACKNOWLEDGEMENT: "pen",
}
TEXTS: dict[ModuleKind, Any] = {
    ModuleKind.TEXT: _l("Text, in Markdown"),
    ModuleKind.PDF: _l("What it is about, in Markdown"),
    ModuleKind.VIDEO: _l("What is said and shown, for who cannot hear or see it, in Markdown"),
    ModuleKind.LINK: _l("What it is about, in Markdown"),
    ModuleKind.ACKNOWLEDGEMENT: _l("The statement, in Markdown"),
}
