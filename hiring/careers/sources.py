"""Where a visitor came from: a word in the address (`?src=`), kept until they apply."""

import re

from flask import request, session

from core.web.i18n import _l

PLAIN = "careers"
REFERRAL = "referral"  # who came by the link of a colleague
WORDS = {PLAIN: _l("Careers site"), REFERRAL: _l("Handed on by a colleague")}
_WORD = re.compile(r"[A-Za-z0-9_-]{8,32}")
_SOURCE = re.compile(r"[^a-z0-9._-]+")


def source_text(source: str) -> str:
    """A source in the reader's words, where it is one of ours; else as the link named it."""
    return str(WORDS.get(source, source))


def clean_source(text: str) -> str:
    """A source as it is kept: lower case, letters, digits, dot, dash and underscore, at most 40 of them; empty for anything else.

    Nobody is handed on by writing so in an address: that takes the link of a colleague.
    """
    source = _SOURCE.sub("-", text.strip().lower()).strip("-.")[:40]
    return "" if source == REFERRAL else source


def clean_referral(text: str) -> str:
    """The word of a colleague's link; empty for anything that cannot be one."""
    return text if _WORD.fullmatch(text) else ""


def remember_source() -> None:
    """Keep the source and the colleague's link this address names, if it names any, for this visit."""
    named = clean_source(request.args.get("src") or request.args.get("source") or "")
    if named:
        session["source"] = named
    referred = clean_referral(request.args.get("ref", ""))
    if referred:
        session["referred"] = referred


def source_of_visit() -> str:
    """The word last named in this visit."""
    return str(session.get("source") or PLAIN)


def referral_of_visit() -> str:
    """The word of the colleague's link by which the visitor came; empty without one."""
    return str(session.get("referred") or "")
