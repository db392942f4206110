"""What a document may fetch while it is made: pictures we registered and pictures in `data:` addresses; nothing else, from nowhere."""

import re
from base64 import b64decode
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from weasyprint.urls import URLFetcher, URLFetcherResponse

log = structlog.get_logger()

DATA = re.compile(r"data:(image/(?:png|jpeg|svg\+xml))(?:;charset=utf-8)?(;base64)?,(.*)", re.DOTALL)
LONGEST = 3_000_000
_pictures: dict[str, tuple[bytes, str]] = {}


def register_image(name: str, content: bytes, content_type: str) -> None:
    """Let documents show a picture of ours as `image:<name>`."""
    _pictures[f"image:{name}"] = (content, content_type)


class OwnFetcher(URLFetcher):
    """Refuses every address but `image:` ones we registered and `data:` pictures: no network, no files, no redirects."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "image"), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The picture at the address. Raises ValueError for anything else."""
        if url in _pictures:
            content, content_type = _pictures[url]
            return URLFetcherResponse(url, content, {"Content-Type": content_type})
        matched = DATA.fullmatch(url) if len(url) <= LONGEST else None
        if matched is None:
            log.warning("refused to fetch for a document", scheme=url.split(":", 1)[0][:20])
            raise ValueError("documents fetch nothing")
        raw = unquote_to_bytes(matched[3])
        return URLFetcherResponse("data:", b64decode(raw) if matched[2] else raw, {"Content-Type": matched[1]})

    def open(self, url: Any, data: Any = None, timeout: Any = None) -> URLFetcherResponse:
        """The same refusal by the other door that the parent class has."""
        return self.fetch(url if isinstance(url, str) else url.full_url)
