"""Words for certificate designs."""

from typing import Any

from core.web.i18n import _l
from training.designs.models import Orientation

ORIENTATIONS: dict[Orientation, Any] = {Orientation.LANDSCAPE: _l("A4 landscape"), Orientation.PORTRAIT: _l("A4 portrait")}
