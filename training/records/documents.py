"""What a person met, on paper."""

from base64 import b64encode
from datetime import date

from markupsafe import Markup

from core.documents.paper import company_paper
from core.documents.rendering import render_pdf
from core.errors import NotFound
from core.files.store import read_content
from core.web.i18n import _, force_locale
from training.catalogue.models import CourseVersion, Module, ModulePicture
from training.completions.labels import SOURCES
from training.exams.labels import points
from training.modules.content import shown
from training.modules.labels import KINDS
from training.records.met import Met
from training.regrading.labels import KINDS as CORRECTIONS

LARGEST = 2 * 1024 * 1024  # bytes of a picture that goes into the document; a larger one stands in words


def on_paper(module: Module, version: CourseVersion) -> Markup:
    """The text of a module with its pictures inside. Needs `pictures` to be loaded with their files."""
    html = str(shown(module.text, version.pictures))
    for picture in version.pictures:
        address = f"/course-content/pictures/{picture.public_id}"
        if address in html:
            html = html.replace(f'src="{address}"', f'src="{_inside(picture)}"')
    return Markup(html)  # noqa: S704 - cleaned by nh3, and only addresses of ours replaced


def _inside(picture: ModulePicture) -> str:
    if picture.file.size > LARGEST:
        return ""
    try:
        content = read_content(picture.file)
    except NotFound:
        return ""
    return f"data:{picture.file.content_type};base64,{b64encode(content).decode()}"


def record_pdf(found: Met, *, language: str, dated: date) -> bytes:
    """The record as a PDF in a language."""
    with force_locale(language):
        title = _("What %(person)s met: %(course)s, version %(version)s", person=found.person, course=found.course, version=found.version)
    context = {
        "met": found,
        "dated_on": dated,
        "paper": company_paper(),
        "kinds": KINDS,
        "sources": SOURCES,
        "points": points,
        "corrections": CORRECTIONS,
    }
    return render_pdf("training_record.html", context=context, title=title, language=language, dated=dated)
