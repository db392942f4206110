"""Words for marking by hand."""

from typing import Any

from core.web.i18n import _l
from training.marking.models import MarkKind, Script, ScriptState

STATES: dict[ScriptState, Any] = {
    ScriptState.OPEN: _l("To be marked"),
    ScriptState.DIFFERING: _l("The marks differ"),
    ScriptState.MARKED: _l("Marked"),
}
TONES: dict[ScriptState, str] = {ScriptState.OPEN: "info", ScriptState.DIFFERING: "warning", ScriptState.MARKED: "success"}
KINDS: dict[MarkKind, Any] = {
    MarkKind.OWN: _l("Mark"),
    MarkKind.DECIDING: _l("Mark of a third person, which decides"),
    MarkKind.AGREED: _l("Mark the two agree on"),
}


def code(script: Script) -> str:
    """What an answer is called while it is marked: nothing that tells whose it is."""
    text = script.public_id.hex[:8].upper()
    return f"{text[:4]}-{text[4:]}"
