"""Words and signs for what was seen."""

from typing import Any

from core.web.i18n import _l
from onboarding.coverage.sessions import Sighting

SIGHTINGS: dict[Sighting, Any] = {
    Sighting.SEEN: _l("Seen"),
    Sighting.NOT_SEEN: _l("Not seen"),
    Sighting.DISPUTED: _l("Seen differently"),
    Sighting.PLANNED: _l("Planned"),
    Sighting.ABSENT: _l("Not watched"),
}
SIGHTING_ICONS: dict[Sighting, str] = {
    Sighting.SEEN: "check-lg",
    Sighting.NOT_SEEN: "x-lg",
    Sighting.DISPUTED: "exclamation-triangle",
    Sighting.PLANNED: "clock",
    Sighting.ABSENT: "dash",
}
