"""Questions as GIFT and Moodle XML know them, whether or not an exam here can ask them, and what is wrong with a file of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from training.items.models import BlankForm

ALL = Fraction(100)
NONE = Fraction(0)
POINTS = "points:"  # a tag that says how many points a question is worth, where a format has no other place for it
OTHERWISE = "*"  # for a number: whatever else is answered


class QuestionKind(StrEnum):
    """How a question of a file is answered. The last ones are known by name only."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NUMERIC = "numeric"
    SINGLE = "single"
    MULTIPLE = "multiple"
    MATCHING = "matching"
    TRUE_FALSE = "true_false"
    SHORT_TEXT = "short_text"
    ORDERING = "ordering"
    FILL_IN = "fill_in"
    OTHER = "other"


@dataclass(frozen=True)
class Answer:
    """One answer: what it is worth in percent, from -100 to 100; for a number also how far off it may be, for a pair what belongs to it.

    In a text with blanks also which blank it is for, from 1, how that is filled in, and how much the blank counts.
    """

    text: str
    weight: Fraction = NONE
    feedback: str = ""
    tolerance: str = "0"
    partner: str = ""
    blank: int = 0
    form: BlankForm = BlankForm.TYPED
    worth: int = 1


@dataclass(frozen=True)
class Attached:
    """A file within a question: its bytes as they came, and the words that stand for it."""

    name: str
    content: bytes
    words: str = ""


@dataclass(frozen=True)
class Essay:
    """What an essay asks for; with `takes_file` it is answered by a file alone. `guidance` is for who marks it."""

    takes_file: bool = False
    takes_attachments: bool = False
    least_words: int = 0
    most_words: int = 0
    file_kinds: Sequence[str] = ("pdf", "docx")
    megabytes: int = 10
    guidance: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `line` is where it begins in the file, `text` Markdown or plain, `told_kind` the name of a kind not known here.

    Blanks of a text stand in it as [[1]], [[2]] and so on.
    """

    kind: QuestionKind
    text: str
    line: int = 0
    name: str = ""
    answers: Sequence[Answer] = ()
    feedback: str = ""
    points: Fraction = Fraction(1)
    category: str = ""
    tags: Sequence[str] = ()
    case_sensitive: bool = False
    told_kind: str = ""
    picture: Attached | None = None
    sound: Attached | None = None
    essay: Essay | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a question of the file, where it begins and how it is called. With `is_fatal` the question cannot be taken over."""

    line: int
    name: str
    sentence: str
    is_fatal: bool = True


@dataclass
class Reading:
    """What a file holds: its questions in order, and what could not be read or will not be as it was."""

    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def fatal(self) -> list[Problem]:
        """The problems because of which nothing is taken over."""
        return [problem for problem in self.problems if problem.is_fatal]
