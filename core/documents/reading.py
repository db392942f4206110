"""Reading the seal inside a file somebody brings: whether it is ours, and whether the file is as it was sealed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.documents.codes import printed_codes
from core.documents.models import SealVerdict
from core.documents.sealing import own_certificates
from core.errors import Invalid
from core.files.extraction import ReaderError, run_reader
from core.files.rules import LIMIT
from core.web.i18n import _

CPU_SECONDS = 4  # one of ours takes a third of a second
WALL_SECONDS = 12
CODES = 5  # looked up of one file


@dataclass(frozen=True)
class SealFound:
    """What the seal tells. `sealed_sha256` is of the file up to our seal, where that holds: the hash of what we issued."""

    verdict: SealVerdict
    sealed_sha256: str = ""


def read_seal(content: bytes) -> SealFound:
    """What the seals inside a PDF tell; ours are known by their certificates, never by a name.

    The file is taken apart in a process of its own. Raises Invalid, at `document`, for what cannot be read.
    """
    if len(content) > LIMIT:
        raise Invalid(_("The file is larger than %(most)d MB. What we issue is smaller.", most=LIMIT // 1024 // 1024), field="document")
    if b"%PDF-" not in content[:1024]:
        raise Invalid(_("This is not a PDF. Choose the file as you got it."), field="document")
    try:
        answer = json.loads(run_reader(content, "seals", cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS))
    except (ReaderError, ValueError):
        answer = {"problem": "large"}
    if "problem" in answer:
        raise Invalid(_problem(answer["problem"]), field="document")
    ours, seals = own_certificates(), answer["seals"]
    if not seals:
        return SealFound(SealVerdict.NONE)
    known = [seal for seal in seals if seal["certificate"] in ours]
    if not known:
        return SealFound(SealVerdict.FOREIGN if all(seal["certificate"] for seal in seals) else SealVerdict.UNREADABLE)
    last = known[-1]
    if not last["intact"]:
        return SealFound(SealVerdict.CHANGED)
    return SealFound(SealVerdict.UNCHANGED if last["whole"] else SealVerdict.ADDED_TO, last["until"])


def codes_inside(content: bytes) -> Iterator[str]:
    """The codes that stand on the pages of a PDF, in their order; none where the pages hold no text or take too long to read.

    They say what a file claims to be, and nothing about whether it is that.
    """
    try:
        answer = json.loads(run_reader(content, "pdf", cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS))
    except (ReaderError, ValueError):
        return iter(())
    return islice(printed_codes(answer.get("text", "")), CODES)


def _problem(kind: str) -> str:
    if kind == "password":
        return str(_("The file is protected by a password. Choose it as you got it from us."))
    if kind == "large":
        return str(_("The file takes too long or too much memory to open. What we issue does not."))
    return str(_("The file is damaged and cannot be read. If you got it like that, ask for it again, or check it by its code."))
