"""A photo somebody sent becomes a small square picture: turned upright, cut to its middle, without anything the camera wrote into it."""

import io

from PIL import Image, UnidentifiedImageError

from core.errors import Invalid
from core.files.extraction import ReaderError, run_reader
from core.web.i18n import _

SIDE = 512  # pixels of what is kept
SMALLEST = 96
PIXELS = 40_000_000


def square_of(content: bytes) -> bytes:
    """The photo as a JPEG of SIDE × SIDE pixels. Raises Invalid for a picture that is too small, too large or broken.

    Its pixels are drawn by a process of its own that can be lost without harm; here only its size is read.
    """
    broken = _("This picture is broken and cannot be opened. Save it anew as PNG or JPEG and send that.")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise Invalid(broken) from None
    if min(width, height) < SMALLEST:
        raise Invalid(_("This picture is too small. Choose one of at least %(side)d by %(side)d pixels.", side=SMALLEST))
    if width * height > PIXELS:
        raise Invalid(_("This picture has too many pixels. Save it smaller, with up to 40 million pixels, and send that."))
    try:
        return run_reader(content, "portrait", str(SIDE), cpu_seconds=10, wall_seconds=20)
    except ReaderError:
        raise Invalid(broken) from None
