"""Words for why two candidates may be the same."""

from core.web.i18n import _l
from hiring.merging.models import Ground, LikenessState

GROUND_LABELS = {
    Ground.EMAIL: _l("same e-mail"),
    Ground.PHONE: _l("same phone"),
    Ground.RESUME: _l("same résumé, nearly the same name"),
}

LIKENESS_LABELS = {
    LikenessState.OPEN: _l("Perhaps the same person"),
    LikenessState.DIFFERENT: _l("They are two persons"),
}
