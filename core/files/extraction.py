"""Reading the text of a file, or drawing one of its pages, in a process of its own that can be lost without harm."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core.files.models import PDF
from core.web.i18n import _

READER = Path(__file__).with_name("reader.py")
CPU_SECONDS = 20
WALL_SECONDS = 40
MEMORY = 700 * 1024 * 1024


@dataclass(frozen=True)
class Extracted:
    """The text that was found, or a sentence saying why there is none."""

    text: str = ""
    page_count: int | None = None
    problem: str = ""


class ReaderError(Exception):
    """The reading process ended without an answer: it was killed by a limit, or crashed."""


def extract_text(content: bytes, content_type: str) -> Extracted:
    """The text of a PDF or DOCX. Never raises for what is in the file; `problem` then holds a sentence."""
    try:
        answer = json.loads(run_reader(content, "pdf" if content_type == PDF else "docx"))
    except (ReaderError, ValueError):
        return Extracted(problem=_("The text could not be read: the file takes too long or too much memory to open. The file itself is kept."))
    if "problem" in answer:
        return Extracted(problem=_problem(answer["problem"]))
    if not answer["text"]:
        return Extracted(page_count=answer["pages"], problem=_("No text could be read: the pages are probably pictures. The file itself is kept."))
    return Extracted(answer["text"], answer["pages"])


def _problem(kind: str) -> str:
    sentence: str = _("The text could not be read: the file is damaged. The file itself is kept.")
    if kind == "declarations":
        sentence = _("The text could not be read: the file declares entities, which are never followed. The file itself is kept.")
    if kind == "large":
        sentence = _("The text could not be read: the file unpacks to more than is read. The file itself is kept.")
    return sentence


def run_reader(content: bytes, *work: str, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS) -> bytes:
    """What the reading process answers. Raises ReaderError when it does not."""
    command = [sys.executable, "-I", str(READER), str(cpu_seconds), str(MEMORY), *work]
    environment = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}  # no settings, no secrets
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            check=False,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise ReaderError("time") from None
    if done.returncode != 0:
        raise ReaderError(str(done.returncode))
    return done.stdout
