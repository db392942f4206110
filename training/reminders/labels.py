"""Words for reminders."""

from typing import Any

from core.web.i18n import _l
from training.reminders.models import Audience

AUDIENCES: dict[Audience, Any] = {
    Audience.PERSON: _l("The person"),
    Audience.MANAGER: _l("The manager"),
    Audience.COMPLIANCE: _l("Compliance"),
}
