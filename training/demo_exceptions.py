"""Demonstration data of what stands in for training or stops its clock: exemptions, certificates from elsewhere, a leave."""

from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from core.clock import standing_at
from core.files.store import store_bytes
from core.leaves.actions import LeaveFields, write_leave
from core.leaves.models import LeaveKind
from core.people.queries import find_employment
from core.world import World
from training.catalogue.models import Course, CourseArea
from training.equivalences.actions import Certificate, accept, hand_in
from training.equivalences.cataloguing import add_course, write_kind
from training.equivalences.models import Validity
from training.equivalences.queries import get_kind
from training.equivalences.validity import Terms
from training.exemptions.actions import Asked, approve_exemption, ask_exemption

ANBIMA = Terms(Validity.MONTHS, 60, needs_employment=True, months_without=36)
KINDS = {"CFP": ("Planejar", Terms(Validity.MONTHS, 24)), "CPA-20": ("ANBIMA", ANBIMA), "CEA": ("ANBIMA", ANBIMA)}


def load_exceptions(world: World, courses: list[Course]) -> None:
    """One person exempt for a while and one who would be, what is accepted from elsewhere, and somebody away."""
    officer, hr = world.people["compliance"], world.people["hr"]
    someone, other = world.colleagues[-1], world.colleagues[-2]
    with standing_at(world.at(-20, 14)):
        asked = Asked(
            world.today - timedelta(days=20), world.today + timedelta(days=100), "Dá aula deste tema na universidade; declaração com o gestor."
        )
        exemption = ask_exemption(someone, courses[0], asked, by=hr)
    with standing_at(world.at(-19, 10)):
        approve_exemption(exemption, by=officer)
    with standing_at(world.at(-1, 11)):
        asked = Asked(world.today, world.today + timedelta(days=60), "Cedida à área de projetos até o fim do trimestre, sem contato com clientes.")
        ask_exemption(other, courses[1], asked, by=hr)
    _outside_certificates(world, courses)
    with standing_at(world.at(-25, 9)):  # somebody employed for long: the last four are new
        days = (world.today - timedelta(days=24), world.today + timedelta(days=96))
        away = next((one for one in world.colleagues[::-1] if one not in (someone, other) and find_employment(one, on=days[0])), None)
        if away is not None:
            write_leave(away, LeaveFields(LeaveKind.PARENTAL, *days), by=hr)


def _outside_certificates(world: World, courses: list[Course]) -> None:
    """What is accepted in the place of a product course, one certificate that counts and one to decide about."""
    officer, hr = world.people["compliance"], world.people["hr"]
    product = next((course for course in courses if course.area is CourseArea.PRODUCT), courses[0])
    with standing_at(world.at(-200, 10)):
        kinds = [write_kind(name, issuer, terms, by=officer) for name, (issuer, terms) in KINDS.items()]
        for kind in kinds:
            add_course(kind, product, valid_from=world.today - timedelta(days=200), by=officer)
    for place, days in ((0, 60), (1, 2)):
        holder, kind = world.colleagues[place], get_kind(kinds[place].public_id)
        with standing_at(world.at(-days, 10)):
            file = store_bytes(_paper(kind.name), name=f"{kind.name}.png", content_type="image/png", by=hr, person=holder)
            said = Certificate(f"{20260 + place}", world.today - timedelta(days=300))
            one = hand_in(holder, kind, said, file=file, by=hr)
        if place == 0:
            with standing_at(world.at(-days + 1, 10)):
                accept(one, by=officer)


def _paper(words: str) -> bytes:
    picture, content = Image.new("RGB", (480, 320), "white"), BytesIO()
    ImageDraw.Draw(picture).text((40, 140), words, fill="black")
    picture.save(content, "PNG")
    return content.getvalue()
