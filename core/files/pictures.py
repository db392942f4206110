"""Pages of a PDF as pictures."""

from core.files.extraction import ReaderError, run_reader


def page_picture(content: bytes, page: int, width: int) -> bytes | None:
    """One page (from 1) as a PNG of the given width in pixels, or None when it cannot be drawn."""
    try:
        return run_reader(content, "page", str(page), str(min(width, 2000)), cpu_seconds=10, wall_seconds=20)
    except ReaderError:
        return None
