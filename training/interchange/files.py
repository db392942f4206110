"""Files of questions: told apart, read, and looked through against a version. Nothing in them is fetched or expanded."""

from collections.abc import Mapping

from core.errors import Invalid
from core.web.i18n import _
from training.catalogue.models import CourseVersion
from training.interchange.drafts import Preview, mark_of, preview, question_of
from training.interchange.gift import read_gift
from training.interchange.gift_writing import write_gift
from training.interchange.moodle_writing import write_moodle_xml
from training.interchange.moodle_xml import read_moodle_xml
from training.interchange.questions import Question, Reading
from training.items.content import ItemDraft, OptionDraft
from training.items.models import Item

LARGEST = 10 * 1024 * 1024
MOST = 20_000


def read_file(content: bytes) -> Reading:
    """The questions of a GIFT text or a Moodle XML file. Raises Invalid for what is neither."""
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than 10 MB. Part it into several."), field="file")
    if not content.strip():
        raise Invalid(_("The file is empty."), field="file")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        reading = read_moodle_xml(content)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(_("The file is no text in UTF-8. GIFT and Moodle XML are taken."), field="file") from None
        if "\x00" in text:
            raise Invalid(_("The file is no text in UTF-8. GIFT and Moodle XML are taken."), field="file")
        reading = read_gift(text)
    if len(reading.questions) > MOST:
        raise Invalid(_("The file has more than %(most)s questions. Part it into several.", most=MOST), field="file")
    return reading


def look_through(content: bytes, version: CourseVersion) -> Preview:
    """What would come of the file in the version. Needs `items` with options, and `course`. Raises Invalid for what is no file of questions."""
    return preview(read_file(content), language=version.course.language, present=[mark_of(_draft_of(item)) for item in version.items])


def _draft_of(item: Item) -> ItemDraft:
    options = [OptionDraft(o.text, o.correct, weight=o.weight, partner=o.partner, blank=o.blank) for o in item.options]
    return ItemDraft(item.kind, item.text, answer=item.answer, tolerance=item.tolerance, options=options)


def as_gift(version: CourseVersion) -> bytes:
    """The questions of a version as a GIFT text. Needs `items` with options, and `course`."""
    return write_gift(_questions(version, {})).encode()


def as_moodle_xml(version: CourseVersion, contents: Mapping[int, bytes]) -> bytes:
    """The same as a Moodle XML file, with pictures and sounds: inner key of a file to its bytes."""
    return write_moodle_xml(_questions(version, contents))


def _questions(version: CourseVersion, contents: Mapping[int, bytes]) -> list[Question]:
    return [
        question_of(
            item,
            name=f"{version.course.code}-{number:03d}",
            picture=None if item.picture_id is None else contents.get(item.picture_id, b""),
            sound=None if item.sound_id is None else contents.get(item.sound_id, b""),
        )
        for number, item in enumerate(version.items, start=1)
    ]
