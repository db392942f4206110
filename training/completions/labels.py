"""Words for how completions came about."""

from typing import Any

from core.web.i18n import _l
from training.requirements.models import CompletionSource

SOURCES: dict[CompletionSource, Any] = {
    CompletionSource.EXAM: _l("Exam here"),
    CompletionSource.RECORDED: _l("Written down by staff"),
    CompletionSource.EXTERNAL: _l("Result from elsewhere"),
    CompletionSource.PRACTICAL: _l("Practical assessment"),
    CompletionSource.ATTENDANCE: _l("Came to a session"),
}
