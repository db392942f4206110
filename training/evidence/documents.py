"""The pages of an evidence pack: summary, rules, versions, who stands out, people in detail, and how to check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime

from core.documents.attaching import Enclosure
from core.documents.paper import Paper, company_paper
from core.documents.rendering import render_pdf
from core.documents.sealing import seal_fingerprint
from core.web.i18n import _
from training.compliance.labels import STANDINGS, rule_sentence
from training.compliance.standing import IN_ORDER, Standing
from training.evidence.checking import Step, steps
from training.evidence.models import EvidencePack
from training.evidence.records import Record
from training.evidence.tallying import EXCEPTIONS_SHOWN, Tally
from training.evidence.wanted import Question
from training.findings.labels import SEVERITIES
from training.findings.labels import STATES as FINDING_STATES
from training.requirements.queries import RuleLine

SEVERITY_WORDS = {severity.value: word for severity, word in SEVERITIES.items()}
STATE_WORDS = {state.value: word for state, word in FINDING_STATES.items()}
PEOPLE_SHOWN = 100  # up to so many, each has a page; beyond that the details are in what is attached


@dataclass(frozen=True)
class PackPaper:
    """What the pages say, as plain values."""

    facts: list[tuple[str, str]]
    rules: list[dict[str, Any]]
    departments: list[tuple[str, int, int, int]]  # name, people, requirements, in order
    revisions: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    exceptions: list[list[Any]]
    exceptions_count: int
    exemptions: list[list[Any]]
    exemptions_count: int
    people: list[Record]
    people_count: int
    attached: list[tuple[str, str, int, str]]  # name, description, size, hash
    steps: list[Step]
    left: int
    shown: int = PEOPLE_SHOWN
    listed: int = EXCEPTIONS_SHOWN


def as_uuid(text: str) -> UUID:
    """A public id as it stands in JSON."""
    return UUID(text)


def file_name(code: str) -> str:
    """What the file is called when it is handed out: the commands in it say so."""
    return f"evidence-{code}.pdf"


def pack_pdf(
    pack: EvidencePack,
    question: Question,
    tally: Tally,
    lines: Sequence[RuleLine],
    *,
    head: dict[str, Any],
    people: Sequence[Record],
    enclosures: Sequence[Enclosure],
    code: str,
    by: str,
    dated: datetime,
) -> bytes:
    """The pages as PDF/A-3a, before anything is attached. In the language that is spoken."""
    title = str(_("Evidence pack"))
    paper: Paper = company_paper(code=code)
    sheet = PackPaper(
        facts=_facts(pack, question, tally, by=by, dated=dated),
        rules=[_rule(line, tally) for line in lines],
        departments=sorted((name, counts["people"], counts["required"], counts["in_order"]) for name, counts in tally.departments.items()),
        revisions=head["rules"],
        versions=head["versions"],
        findings=head["findings"],
        exceptions=sorted(tally.exceptions, key=lambda one: (one[0], one[2])),
        exceptions_count=tally.exceptions_count,
        exemptions=sorted(tally.exemptions, key=lambda one: (one[0], one[1])),
        exemptions_count=tally.exemptions_count,
        people=sorted(people, key=lambda one: (one["name"], one["person"])),
        people_count=tally.people,
        attached=[(one.name, one.description, one.size, one.sha256) for one in enclosures],
        steps=steps(file_name(code), report_hash=pack.report_hash, certificate=seal_fingerprint()),
        left=tally.left,
    )
    context = {
        "sheet": sheet,
        "paper": paper,
        "words": {state.value: word for state, word in STANDINGS.items()},
        "severities": SEVERITY_WORDS,
        "steps": STATE_WORDS,
    }
    return render_pdf("evidence_pack.html", context=context, title=title, language=pack.language, dated=dated.date())


def _facts(pack: EvidencePack, question: Question, tally: Tally, *, by: str, dated: datetime) -> list[tuple[str, str]]:
    known = format_datetime(question.known_at.astimezone(ZoneInfo("UTC")), "long", rebase=False)
    told = [
        (_("Period"), f"{format_date(question.since, 'long')} – {format_date(question.until, 'long')}"),
        (_("As it was known at"), known),
        *[(label, value) for label, value in pack.named],
        (_("People"), str(tally.people)),
        (_("of them left in the period"), str(tally.left)),
        (_("Requirements"), str(tally.requirements)),
        (_("In order on their last day"), f"{_in_order(tally)} ({_percent(_in_order(tally), tally.requirements)})"),
        (_("Asked for by"), by),
        (_("Made"), format_datetime(dated.astimezone(ZoneInfo("UTC")), "long", rebase=False)),
        (_("Report hash"), pack.report_hash),
    ]
    return [(str(label), str(value)) for label, value in told]


def _in_order(tally: Tally) -> int:
    return sum(counts["in_order"] for counts in tally.departments.values())


def _percent(part: int, whole: int) -> str:
    """Cut to a whole percent, so that 100 means all."""
    return f"{part * 100 // whole}\u00a0%" if whole else "–"


def _rule(line: RuleLine, tally: Tally) -> dict[str, Any]:
    states = tally.rules[str(line.fact.lineage)]
    required = sum(states.values())
    in_order = sum(states[state.value] for state in IN_ORDER)
    return {
        "number": line.fact.number,
        "sentence": rule_sentence(line),
        "source": line.fact.source,
        "required": required,
        "in_order": in_order,
        "percent": _percent(in_order, required),
        "states": [(str(STANDINGS[state]), states[state.value]) for state in Standing if states[state.value]],
    }
