"""Words for the list of what is left to do when somebody leaves."""

from typing import Any

from core.web.i18n import _l
from onboarding.changes.models import Occasion

OCCASIONS: dict[Occasion, Any] = {
    Occasion.BOTH: _l("Always"),
    Occasion.LEAVES: _l("When somebody leaves"),
    Occasion.WITHDRAWS: _l("When somebody withdraws before day one"),
}
