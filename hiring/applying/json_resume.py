"""Reading a JSON Resume (version 1.0.0) for what the form asks; everything in it is optional, and nothing is taken on trust."""

import json
from typing import Any

from core.errors import Invalid
from core.people.actions import one_line
from core.web.i18n import _

LIMIT = 1024 * 1024
LINKS_AT_MOST = 10


def read_json_resume(content: bytes) -> dict[str, str]:
    """Values for the fields `name`, `email`, `phone` and `cover_letter`, as far as the file has them.

    Raises Invalid for what is no JSON Resume, or says nothing about the person.
    """
    if len(content) > LIMIT:
        raise Invalid(_("This file is larger than 1 MB."))
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid(_("This is not a JSON Resume: it could not be read.")) from None
    basics = whole.get("basics") if isinstance(whole, dict) else None
    if not isinstance(basics, dict):
        raise Invalid(_("This is not a JSON Resume: it has no “basics”."))
    found = {name: _line(basics.get(name)) for name in ("name", "email", "phone")}
    about = [_text(basics.get("summary")), *_links(basics)]
    found["cover_letter"] = "\n".join(part for part in about if part)
    found = {name: value for name, value in found.items() if value}
    if not found:
        raise Invalid(_("This JSON Resume says nothing that the form asks."))
    return found


def _links(basics: dict[str, Any]) -> list[str]:
    profiles = basics.get("profiles")
    named = [profile.get("url") for profile in profiles if isinstance(profile, dict)] if isinstance(profiles, list) else []
    links = [_line(link) for link in (basics.get("url"), *named)]
    return [link for link in dict.fromkeys(links) if link.startswith(("https://", "http://"))][:LINKS_AT_MOST]


def _line(value: object) -> str:
    return one_line(value)[:254] if isinstance(value, str) else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    # JSON can name NUL and halves of pairs, which neither a page nor PostgreSQL can hold
    return value.replace("\x00", "").encode(errors="ignore").decode().strip()[:5000]
