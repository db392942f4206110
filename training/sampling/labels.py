"""Words for samples."""

from typing import Any

from core.web.i18n import _l
from training.sampling.models import Stratum, Verdict

STRATA: dict[Stratum, Any] = {
    Stratum.NONE: _l("Not divided"),
    Stratum.DEPARTMENT: _l("Department"),
    Stratum.ROLE: _l("Job role"),
    Stratum.RULE: _l("Rule"),
}
VERDICTS: dict[Verdict, Any] = {
    Verdict.UNCHECKED: _l("Not checked yet"),
    Verdict.SOUND: _l("Checked, in order"),
    Verdict.OBJECTED: _l("Checked, objected to"),
}
TONES: dict[Verdict, str] = {Verdict.UNCHECKED: "neutral", Verdict.SOUND: "success", Verdict.OBJECTED: "danger"}
