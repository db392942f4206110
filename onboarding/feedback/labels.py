"""Words for feedback."""

from typing import Any

from core.web.i18n import _l
from onboarding.feedback.models import Sight

SIGHTS: dict[Sight, Any] = {
    Sight.PRIVATE: _l("Private: only the two of you read it"),
    Sight.SHARED: _l("Shared: the receiver's manager and human resources read it too"),
}
