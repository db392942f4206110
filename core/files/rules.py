"""Which kinds of file are accepted where."""

from dataclasses import dataclass
from typing import Any

from core.files.models import DOCX, JPEG, MP3, MP4, OGG, PDF, PNG, SOUNDS, WAV, WEBM
from core.web.i18n import _l

LIMIT = 10 * 1024 * 1024
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    MP4: (".mp4", ".m4v"),
    WEBM: (".webm",),
    MP3: (".mp3",),
    OGG: (".ogg", ".oga"),
    WAV: (".wav",),
}


@dataclass(frozen=True)
class FileRule:
    """The content types accepted, their names for people, and the largest size in bytes."""

    types: tuple[str, ...]
    label: Any
    limit: int = LIMIT

    @property
    def endings(self) -> str:
        """For the `accept` attribute of a file input."""
        return ",".join(ending for content_type in self.types for ending in ENDINGS[content_type])


RESUME = FileRule((PDF, DOCX), _l("PDF or DOCX, up to 10 MB"))
DOCUMENT = FileRule((PDF, DOCX, PNG, JPEG), _l("PDF, DOCX, PNG or JPEG, up to 10 MB"))
PHOTO = FileRule((PNG, JPEG), _l("PNG or JPEG, up to 5 MB"), 5 * 1024 * 1024)
COURSE_PDF = FileRule((PDF,), _l("PDF, up to 40 MB and 200 pages"), 40 * 1024 * 1024)
IMAGE = FileRule((PNG, JPEG), _l("PNG or JPEG, up to 10 MB"))
SOUND = FileRule(SOUNDS, _l("MP3, OGG or WAV, up to 10 MB"))
