"""Where a visitor came from: a word in the address (`?src=`), kept until they apply."""

import re

from flask import request, session

PLAIN = "careers"
_WORD = re.compile(r"[A-Za-z0-9_-]{8,32}")
_SOURCE = re.compile(r"[^a-z0-9._-]+")


def clean_source(text: str) -> str:
    """A source as it is kept: lower case, letters, digits, dot, dash and underscore, at most 40 of them; empty for anything else."""
    return _SOURCE.sub("-", text.strip().lower()).strip("-.")[:40]


def remember_source() -> None:
    """Keep the source and the colleague's link this address names, if it names any, for this visit."""
    named = clean_source(request.args.get("src") or request.args.get("source") or "")
    if named:
        session["source"] = named
    referred = request.args.get("ref", "")
    if _WORD.fullmatch(referred):
        session["referred"] = referred


def source_of_visit() -> str:
    """The word last named in this visit."""
    return str(session.get("source") or PLAIN)


def referral_of_visit() -> str:
    """The word of the colleague's link by which the visitor came; empty without one."""
    return str(session.get("referred") or "")
