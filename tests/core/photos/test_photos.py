"""Photos: taken by what is in them, drawn anew without what the camera wrote, seen by colleagues, and gone when taken away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from core.files.storage import storage
from core.people.models import Person
from core.people.rights import Role
from core.photos.models import Photo
from core.photos.queries import find_photo
from tests.factories import make_employment, make_person
from tests.situations import a_pdf

SignIn = Callable[[Person], Person]


def a_picture(width: int = 400, height: int = 300, form: str = "JPEG", **saved: object) -> bytes:
    target = BytesIO()
    picture = Image.new("RGB", (width, height), "teal")
    picture.paste("orange", (0, 0, width // 2, height))
    picture.save(target, form, **saved)
    return target.getvalue()


def with_a_place() -> bytes:
    """A picture that says where and by whom it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B] = 6, "Rua Secreta 7", "Zuleica"
    return a_picture(exif=exif, comment=b"canary comment")


def send(client: FlaskClient, content: bytes, name: str = "me.jpg") -> int:
    return client.post("/photos/mine", data={"file": (BytesIO(content), name)}, content_type="multipart/form-data").status_code


@pytest.fixture
def ana(app: object) -> Person:
    person = make_person("Ana Lima", roles=(Role.BUDDY,))
    make_employment(person)
    return person


def test_what_is_kept_is_a_square_without_what_the_camera_wrote(client: FlaskClient, sign_in: SignIn, ana: Person) -> None:
    sign_in(ana)
    assert client.get("/photos/mine").status_code == 200
    assert send(client, with_a_place()) == 302
    answer = client.get(f"/photos/{ana.public_id}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for told in (b"Rua Secreta", b"Zuleica", b"canary", b"Exif"):
        assert told not in answer.data
    with Image.open(BytesIO(answer.data)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((512, 512), {})
        top, bottom = shown.getpixel((256, 20)), shown.getpixel((256, 490))
    assert top != bottom  # it was lying on its side, and stands upright now
    assert session.scalars(select(StoredFile)).all() == [find_photo(ana).file]  # what was sent is not kept


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_png_and_jpeg_are_taken_whatever_they_are_called(client: FlaskClient, sign_in: SignIn, ana: Person, form: str) -> None:
    sign_in(ana)
    assert send(client, a_picture(form=form), "me.exe") == 302


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(50),
        a_pdf(),
        b"MZ" + bytes(200),
        a_picture(40, 40),
        a_picture(8000, 5200, "PNG"),
        a_picture()[:900],
        b"\xff\xd8\xff" + bytes(6 * 1024 * 1024),
    ],
    ids=["empty", "svg", "gif", "pdf", "program", "small", "pixels", "cut", "heavy"],
)
def test_what_is_no_photo_is_refused_and_the_one_before_stays(client: FlaskClient, sign_in: SignIn, ana: Person, content: bytes) -> None:
    sign_in(ana)
    send(client, a_picture())
    before = client.get(f"/photos/{ana.public_id}").data
    assert send(client, content) == 422
    assert client.get(f"/photos/{ana.public_id}").data == before


def test_another_photo_and_none_delete_the_bytes_of_the_one_before(
    client: FlaskClient, sign_in: SignIn, ana: Person, run_jobs: Callable[[], None]
) -> None:
    sign_in(ana)
    send(client, a_picture())
    first = find_photo(ana).file.sha256
    send(client, a_picture(500, 500))
    second = find_photo(ana).file.sha256
    for _twice in range(2):
        assert client.post("/photos/mine/remove").status_code == 302
    session.commit()
    run_jobs()
    for sha256 in {first, second}:
        with pytest.raises(NotFound):
            storage().get(sha256)
    assert session.scalars(select(Photo)).first() is None
    assert client.get(f"/photos/{ana.public_id}").status_code == 404


def test_colleagues_see_it_on_the_page_of_the_person_and_strangers_do_not(
    client: FlaskClient, sign_in: SignIn, sign_out: Callable[[], None], ana: Person
) -> None:
    sign_in(ana)
    send(client, a_picture())
    assert "Another photo" in client.get(f"/people/{ana.public_id}").text
    hr = sign_in(make_person("Helena Prado", roles=(Role.HR,)))
    address = f"/photos/{ana.public_id}"
    assert f'src="{address}?v=' in client.get(f"/people/{ana.public_id}").text
    assert client.get(address).status_code == 200
    sign_out()
    assert client.get(address).status_code == 302
    sign_in(make_person("Marcos Vidal", roles=(Role.MANAGER,)))
    assert client.post(f"{address}/remove").status_code == 403
    sign_in(hr)
    answer = client.post(f"{address}/remove", data={"next": f"/people/{ana.public_id}"})
    assert answer.location.endswith(f"/people/{ana.public_id}")
    assert client.get(address).status_code == 404
