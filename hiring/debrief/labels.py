"""The words of debriefs."""

from core.web.i18n import _l
from hiring.debrief.models import PanelVerdict

VERDICT_LABELS = {
    PanelVerdict.RECOMMENDED: _l("Recommended"),
    PanelVerdict.ANOTHER_ROUND: _l("Another conversation first"),
    PanelVerdict.NOT_RECOMMENDED: _l("Not recommended"),
}
VERDICT_TONES = {PanelVerdict.RECOMMENDED: "success", PanelVerdict.ANOTHER_ROUND: "info", PanelVerdict.NOT_RECOMMENDED: "warning"}
