"""Making a gathered pack into one sealed file: what is attached, the pages, the seal."""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import format_date

from core.audit.record import record
from core.clock import now
from core.db import session
from core.documents.actions import keep_document
from core.documents.attaching import Enclosure, attach, enclose
from core.documents.codes import new_code
from core.documents.models import DocumentKind
from core.documents.sealing import seal_pdf
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import _, force_locale
from core.web.spreadsheets import csv_text
from training.compliance.fingerprint import hash_of
from training.evidence import documents, queries
from training.evidence.actions import question_of
from training.evidence.models import WORKFLOW, EvidencePack, EvidencePart, PackState
from training.evidence.population import keys_of_members
from training.evidence.proof import events_about, spine
from training.evidence.records import Record, heading
from training.evidence.tallying import Tally, added_up
from training.evidence.wanted import Question, asked_lines
from training.findings.queries import findings_known, moves_of
from training.requirements.queries import RuleLine, rule_lines

FORMAT = "trilha-evidence/1"


def print_pack(key: int) -> None:
    """Print, seal and keep the pack, and let its parts go. Done already, it does nothing."""
    pack = queries.lock_pack(key)
    if pack.state is not PackState.PRINTING:
        return
    by, question = get_person_by_key(pack.asked_by_id), question_of(pack)
    with force_locale(pack.language):
        _make(pack, question, by)
    session.query(EvidencePart).where(EvidencePart.pack_id == pack.id).delete(synchronize_session=False)
    WORKFLOW.insist(pack.state, PackState.READY)
    pack.state, pack.finished_at = PackState.READY, now()
    changes = {"report_hash": pack.report_hash, "people": pack.done, "requirements": pack.requirements}
    record("training.evidence.made", pack, by=None, changes=changes)


def _make(pack: EvidencePack, question: Question, by: Person) -> None:
    tally = added_up(queries.tallies(pack))
    pack.report_hash = hash_of((line for text in _texts(pack, "judged") for line in text.splitlines(keepends=True)), head=question.head)
    lines = asked_lines(rule_lines(on=question.until, known_at=question.known_at, with_future=True), question)
    lines = [line for line in lines if str(line.fact.lineage) in tally.rules]
    head = _head(pack, question, tally, lines)
    enclosures = [_evidence(pack, head), _table(pack), *_excerpt(pack, head, question)]
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in enclosures)
    enclosures.append(
        enclose("SHA256SUMS", sums, media_type="text/plain", description=str(_("Hashes of the other files")), relationship="Supplement")
    )
    pack.hashes = {one.name: one.sha256 for one in enclosures}
    code, dated = new_code(), now()
    people = list(_people(pack)) if pack.done <= documents.PEOPLE_SHOWN else []
    content = documents.pack_pdf(pack, question, tally, lines, head=head, people=people, enclosures=enclosures, code=code, by=by.name, dated=dated)
    document = keep_document(
        seal_pdf(attach(content, enclosures, dated=dated)),
        kind=DocumentKind.EVIDENCE,
        title=str(_("Evidence pack")),
        person=by,
        facts=_facts(pack, question),
        by=None,
        subject_id=pack.public_id,
        code=code,
        language=pack.language,
    )
    pack.document_id = document.id


def _facts(pack: EvidencePack, question: Question) -> dict[str, str]:
    """What the public page shows, no more than the first page of the pack."""
    days = f"{format_date(question.since, 'medium')} – {format_date(question.until, 'medium')}"
    return {
        str(_("Period")): days,
        str(_("People")): str(pack.done),
        str(_("Requirements")): str(pack.requirements),
        str(_("Report hash")): pack.report_hash,
    }


def _texts(pack: EvidencePack, name: str) -> Iterator[str]:
    for packed in queries.part_texts(pack, name):
        yield zlib.decompress(packed).decode()


def _people(pack: EvidencePack) -> Iterator[Record]:
    for text in _texts(pack, "records"):
        yield from map(json.loads, text.splitlines())


def _head(pack: EvidencePack, question: Question, tally: Tally, lines: list[RuleLine]) -> dict[str, Any]:
    """What evidence.json says before the people: no more than follows from the question, so that the same question gives the same file."""
    return {
        "format": FORMAT,
        "asked": question.head,
        "as_of": question.until.isoformat(),
        "period": [question.since.isoformat(), question.until.isoformat()],
        "known_at": question.known_at.isoformat(timespec="microseconds"),
        "filter": pack.named,
        "report_hash": pack.report_hash,
        "count": {"people": tally.people, "left_in_the_period": tally.left, "requirements": tally.requirements},
        "rules": _rules(question, lines),
        "versions": [
            {
                "id": str(one.public_id),
                "course_code": one.course.code,
                "course": one.course.title,
                "number": one.number,
                "pass_mark": one.pass_mark,
                "in_force_from": _day(one.in_force_from),
                "approved_by": one.approved_by.name if one.approved_by else None,
                "approved_at": one.approved_at.isoformat(timespec="seconds") if one.approved_at else None,
                "times_taken": tally.versions[str(one.public_id)],
            }
            for one in queries.versions(tally.versions)
        ],
        "findings": _findings(pack, question),
    }


def _findings(pack: EvidencePack, question: Question) -> list[dict[str, Any]]:
    since = datetime.combine(question.since, time(), UTC)
    keys = keys_of_members(question)
    return [
        {
            "id": str(one.public_id),
            "number": one.number,
            "text": one.text,
            "severity": one.severity.value,
            "owner": one.owner.name,
            "due_on": one.due_on.isoformat(),
            "raised_at": one.raised_at.isoformat(timespec="seconds"),
            "raised_by": one.raised_by.name,
            "person": str(one.person.public_id) if one.person else None,
            "rule": one.rule.number if one.rule else None,
            "course": one.course.title if one.course else None,
            "moves": [
                {"at": move.at.isoformat(timespec="seconds"), "by": move.by.name, "state": move.to_state.value, "text": move.text}
                for move in moves_of(one)
                if move.at <= question.known_at
            ],
        }
        for one in findings_known(since=since, known_at=question.known_at, grant=pack.grant_id, people=keys)
    ]


def _rules(question: Question, lines: list[RuleLine]) -> list[dict[str, Any]]:
    named = {line.fact.lineage: line for line in lines}
    return [
        {
            "id": str(one.id),
            "rule_id": str(one.lineage),
            "rule": one.number,
            "revision": one.revision,
            "course": named[one.lineage].course_title,
            "source": named[one.lineage].fact.source,
            "from": _day(one.effective_from),
            "until": _day(one.effective_to),
            "written_at": one.recorded_at.isoformat(timespec="seconds"),
            "written_by": one.recorded_by,
            "reason": one.reason,
        }
        for one in queries.revisions(named, known_at=question.known_at)
    ]


def _evidence(pack: EvidencePack, head: dict[str, Any]) -> Enclosure:
    made = Enclosure("evidence.json", "application/json", str(_("Every person with every requirement and what proves it")))
    made.write((json.dumps(head, ensure_ascii=False)[:-1] + ', "people": [').encode())
    comma = "\n"
    for text in _texts(pack, "records"):
        made.write((comma + text.rstrip("\n").replace("\n", ",\n")).encode())
        comma = ",\n"
    made.write(b"\n]}\n")
    return made.close()


def _table(pack: EvidencePack) -> Enclosure:
    made = Enclosure("requirements.csv", "text/csv", str(_("A line for each person and requirement, for spreadsheets")))
    made.write(csv_text([heading()]).encode())
    for text in _texts(pack, "lines"):
        made.write(text.encode())
    return made.close()


def _excerpt(pack: EvidencePack, head: dict[str, Any], question: Question) -> tuple[Enclosure, Enclosure]:
    """The events about all that the pack tells, and every hash of the chain from the first of them to the end."""
    subjects = [one["id"] for kind in ("rules", "versions", "findings") for one in head[kind]]
    found = dict(events_about(map(documents.as_uuid, subjects), known_at=question.known_at))
    for text in _texts(pack, "events"):
        for line in text.splitlines(keepends=True):
            found[json.loads(line)["id"]] = line
    events = Enclosure("audit.jsonl", "application/x-ndjson", str(_("The events of the audit trail about what is told here")), "Source")
    for place in sorted(found):
        events.write(found[place].encode())
    chain = Enclosure("chain.txt", "text/plain", str(_("The hash of each event in its place, from the first told to the last written")), "Supplement")
    if found:
        for place, own in spine(min(found), known_at=question.known_at):
            chain.write(f"{place} {own}\n".encode())
    return events.close(), chain.close()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
