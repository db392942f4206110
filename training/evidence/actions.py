"""Asking for evidence packs, and gathering them part by part so that a killed worker goes on where it was."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.jobs.queue import enqueue
from core.people.models import Person
from core.web.i18n import _, force_locale
from core.web.spreadsheets import Cell, csv_text
from training.auditing.models import AuditGrant
from training.auditing.sight import scope_in, scope_of
from training.compliance.fingerprint import judged_line
from training.compliance.matrix import judge_person
from training.compliance.moment import Moment
from training.compliance.standing import Judgement, Standing
from training.evidence import policy, population, queries
from training.evidence.gathering import gather
from training.evidence.models import WORKFLOW, EvidencePack, EvidencePart, PackState
from training.evidence.population import Member
from training.evidence.proof import events_about
from training.evidence.records import person_record, rows_of, subjects_of
from training.evidence.tallying import Tally
from training.evidence.wanted import EvidenceFilter, Question, asked_lines, filter_from
from training.requirements.queries import PersonFacts, RuleLine, facts_of, rule_lines

GATHER, PRINT = "training.gather_evidence", "training.print_evidence"
PART = 400  # people in a part
LONGEST = timedelta(days=3660)


def question_of(pack: EvidencePack) -> Question:
    """What the pack was asked for."""
    scope = None if pack.grant_id is None else scope_in(session.get_one(AuditGrant, pack.grant_id))
    return Question(filter_from(pack.wanted), pack.period_from, pack.period_to, pack.known_on, pack.known_at, scope)


def ask_for_pack(
    wanted: EvidenceFilter, *, since: date, until: date, known_on: date | None, named: Mapping[str, str], language: str, today: date, by: Person
) -> EvidencePack:
    """Ask for a pack; it is made in the background. Raises NotAllowed, and Invalid for a period that makes no sense or is about nobody."""
    if not policy.can_ask(by):
        raise NotAllowed(_("Only who sees everybody's compliance has evidence packs made."))
    if until < since:
        raise Invalid(_("The period ends before it begins. Put the earlier day first."), field="until")
    if until > today:
        raise Invalid(_("Nothing can be proved of days to come. Let the period end today or earlier."), field="until")
    if until - since > LONGEST:
        raise Invalid(_("The period is longer than ten years. Ask for several packs."), field="since")
    if known_on is not None and known_on > today:
        raise Invalid(_("What will be known on a day to come is not known yet. Leave it empty, or name an earlier day."), field="known_on")
    at = now()
    known_at = min(Moment(until, known_on).known_at or at, at)
    scope = scope_of(by)
    if scope is not None and not (scope.holds(since) and scope.holds(until)):
        raise Invalid(_("Your access does not cover all of these days. Ask for days within its period."), field="since")
    question = Question(wanted, since, until, known_on, known_at, scope)
    count = population.count_members(question)
    if not count:
        raise Invalid(_("Nobody was employed there in that period, as far as you may see. Widen the filter or the period."))
    if not asked_lines(rule_lines(on=until, known_at=known_at, with_future=True), question):
        raise Invalid(_("No rule fits. Choose another course, rule or regulation."))
    pack = EvidencePack(
        wanted={name: value for name, value in asdict(wanted).items() if value},
        named=[[label, value] for label, value in named.items()],
        period_from=since,
        period_to=until,
        known_on=known_on,
        known_at=known_at,
        language=language,
        people=count,
        asked_by_id=by.id,
        grant_id=None if scope is None else scope.grant,
    )
    pack.asked_by = by
    session.add(pack)
    session.flush()
    changes = {"wanted": pack.wanted, "from": since.isoformat(), "to": until.isoformat(), "people": count}
    record("training.evidence.asked", pack, by=by, changes=changes)
    enqueue(GATHER, arguments={"pack": pack.id, "after": 0})
    return pack


def gather_part(key: int, *, after: int) -> None:
    """Gather the next people of a pack after an inner key, and ask for what comes then. Done already, it does nothing."""
    pack = queries.lock_pack(key)
    if pack.state is not PackState.GATHERING or pack.reached != after:
        return
    question = question_of(pack)
    found = population.members(question, after=after, limit=PART)
    if not found:
        WORKFLOW.insist(pack.state, PackState.PRINTING)
        pack.state = PackState.PRINTING
        enqueue(PRINT, arguments={"pack": pack.id})
        return
    with force_locale(pack.language):
        part = _part(question, found)
    part.pack_id, part.after = pack.id, after
    session.add(part)
    pack.reached, pack.done = found[-1].key, pack.done + len(found)
    pack.requirements += part.tally["requirements"]
    enqueue(GATHER, arguments={"pack": pack.id, "after": pack.reached})


def _part(question: Question, people: Sequence[Member]) -> EvidencePart:
    keys = [member.key for member in people]
    facts, gathered = facts_of(keys, on=question.until, known_at=question.known_at), gather(keys, question)
    tally, lines = Tally(), _Lines(question)
    records: list[str] = []
    rows: list[list[Cell]] = []
    judged_lines: list[str] = []
    subjects: list[UUID] = []
    for member in people:
        asked = lines.on(member.judged_on)
        cells = judge_person(asked, facts.get(member.key, PersonFacts()), on=member.judged_on)
        judged: list[tuple[RuleLine, Judgement]] = list(zip(asked, cells, strict=True))
        told = person_record(member, judged, gathered, question)
        tally.add(told, until=question.until.isoformat())
        records.append(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
        rows.extend(rows_of(told))
        subjects.extend(subjects_of(told))
        if member.judged_on == question.until:
            judged_lines += [judged_line(member.id, line.fact, cell) for line, cell in judged if cell.state is not Standing.NOT_REQUIRED]
    events = [line for _place, line in events_about(subjects, known_at=question.known_at)]
    return EvidencePart(
        records=_packed(line + "\n" for line in records),
        lines=_packed([csv_text(rows).removeprefix("\ufeff")]),
        judged=_packed(judged_lines),
        events=_packed(events),
        tally=tally.plain(),
    )


class _Lines:
    """The rules that are asked for on a day, each day asked for once: who left is judged by the rules of their last day."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._known: dict[date, list[RuleLine]] = {}

    def on(self, day: date) -> list[RuleLine]:
        """The rules in effect on the day."""
        if day not in self._known:
            self._known[day] = asked_lines(rule_lines(on=day, known_at=self._question.known_at), self._question)
        return self._known[day]


def _packed(lines: Iterable[str]) -> bytes:
    return zlib.compress("".join(lines).encode(), 6)


def note_failure(key: int, *, reason: str) -> None:
    """Say on the pack's page that it failed for good and why."""
    pack = queries.lock_pack(key)
    if pack.state in (PackState.GATHERING, PackState.PRINTING):
        pack.state, pack.problem = PackState.FAILED, reason
        record("training.evidence.failed", pack, by=None)


def take_up(pack: EvidencePack, *, by: Person) -> None:
    """Let a pack that failed go on where it was. Raises NotAllowed, WrongState."""
    if not policy.can_ask(by):
        raise NotAllowed(_("Only who sees everybody's compliance has evidence packs made."))
    printing = pack.done >= pack.people
    if pack.state is not PackState.FAILED:
        raise WrongState(_("This pack has not failed, so there is nothing to take up again. Reload the page to see how far it is."))
    pack.state, pack.problem = PackState.PRINTING if printing else PackState.GATHERING, ""
    record("training.evidence.taken_up", pack, by=by, changes={"done": pack.done})
    enqueue(PRINT, arguments={"pack": pack.id}) if printing else enqueue(GATHER, arguments={"pack": pack.id, "after": pack.reached})


def note_download(pack: EvidencePack, *, by: Person) -> None:
    """Write down that the pack was handed out. Raises NotAllowed, WrongState while there is nothing to hand out."""
    if not policy.can_ask(by):
        raise NotAllowed(_("Only who sees everybody's compliance has evidence packs made."))
    if not policy.can_download(by, pack) or pack.document is None:
        raise WrongState(_("The pack is not ready yet. Its page shows how far it is."))
    record("training.evidence.downloaded", pack, by=by, changes={"sha256": pack.document.sha256})
