"""Words for mentors."""

from typing import Any

from core.web.i18n import _l

LANGUAGES: dict[str, Any] = {
    "pt": _l("Portuguese"),
    "en": _l("English"),
    "es": _l("Spanish"),
    "fr": _l("French"),
    "de": _l("German"),
    "it": _l("Italian"),
    "ja": _l("Japanese"),
    "zh": _l("Chinese"),
}
