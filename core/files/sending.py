"""Handing a stored file to a browser so that nothing in it can act on this site."""

from collections.abc import Iterator
from io import BytesIO

from flask import send_file
from flask.wrappers import Response
from werkzeug.datastructures import Range

from core.files.models import PDF, SOUNDS, StoredFile
from core.files.storage import PART, Storage, storage

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'self'"
# Chromium's viewer does not open a PDF in a sandboxed page; what it shows has no access to this site either way.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def send_stored_file(file: StoredFile, *, inline: bool = False) -> Response:
    """Answer with the file's bytes. The view has asked the policy before.

    As an attachment, unless `inline` is asked for and the file is a PDF, a picture or a sound.
    """
    shown = inline and file.is_viewable
    response = send_file(
        BytesIO(storage().get(file.sha256)),
        mimetype=file.content_type,
        as_attachment=not shown,
        download_name=file.name,
        conditional=file.content_type in SOUNDS,  # players ask for a part of a sound
        etag=False,
    )
    response.headers["Content-Security-Policy"] = VIEWER if shown and file.content_type == PDF else SANDBOX
    return _guarded(response)


def stream_video(file: StoredFile, *, ranges: Range | None) -> Response:
    """Answer with a video, whole or the one range of bytes asked for, a part at a time. The view has asked the policy before.

    A range that is not there is answered with 416, several as the whole.
    """
    asked = ranges.range_for_length(file.size) if ranges is not None and ranges.units == "bytes" and len(ranges.ranges) == 1 else None
    if ranges is not None and asked is None and len(ranges.ranges) == 1:
        response = Response(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        return _guarded(response)
    start, end = asked or (0, file.size)
    response = Response(_parts(storage(), file.sha256, start, end), status=206 if asked else 200, mimetype=file.content_type, direct_passthrough=True)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(end - start)
    if asked:
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return _guarded(response)


def _parts(kept: Storage, sha256: str, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        part = kept.read(sha256, start, min(PART, end - start))
        if not part:
            return
        start += len(part)
        yield part


def send_picture(content: bytes) -> Response:
    """Answer with a PNG the product has drawn. The view has asked the policy before."""
    response = send_file(BytesIO(content), mimetype="image/png", conditional=False, etag=False)
    response.headers["Content-Security-Policy"] = SANDBOX
    return _guarded(response)


def send_archive(content: bytes, *, name: str) -> Response:
    """Answer with a ZIP archive made for the reader, as an attachment. The view has asked the policy before."""
    response = send_file(BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name, conditional=False, etag=False)
    response.headers["Content-Security-Policy"] = SANDBOX
    return _guarded(response)


def _guarded(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
