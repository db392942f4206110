"""What the states of a file's text are called."""

from typing import Any

from core.files.models import TextState
from core.web.i18n import _l

TEXT_STATE_LABELS: dict[TextState, Any] = {
    TextState.WAITING: _l("Text is being read"),
    TextState.READY: _l("Text has been read"),
    TextState.FAILED: _l("Text could not be read"),
    TextState.NONE: _l("A picture, without text"),
}
