"""Where a visitor came from: a word in the address (`?src=`), kept until they apply."""

import re

from flask import request, session

PLAIN = "careers"
_SOURCE = re.compile(r"[^a-z0-9._-]+")


def clean_source(text: str) -> str:
    """A source as it is kept: lower case, letters, digits, dot, dash and underscore, at most 40 of them; empty for anything else."""
    return _SOURCE.sub("-", text.strip().lower()).strip("-.")[:40]


def remember_source() -> None:
    """Keep the word this address names, if it names one, for this visit."""
    named = clean_source(request.args.get("src") or request.args.get("source") or "")
    if named:
        session["source"] = named


def source_of_visit() -> str:
    """The word last named in this visit."""
    return str(session.get("source") or PLAIN)
