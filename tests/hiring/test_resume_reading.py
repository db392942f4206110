"""What a résumé's words are read as; and that it is only ever suggested."""

from io import BytesIO

import pytest
from sqlalchemy import select

from core.db import session
from hiring.applications.models import Application, HeldResume
from hiring.applying.reading import Found, read_resume
from tests.hiring.forms_of_pages import hidden
from tests.situations import a_pdf, an_open_posting

PORTUGUESE = """CURRICULUM VITAE
MARIA D'ÁVILA DA SILVA
Brasileira, casada, 34 anos
CPF: 123.456.789-09  RG 12.345.678-9
Rua das Flores, 100 - CEP 01310-100 - São Paulo
Celular: (11) 98765-4321 | maria.silva+vagas@exemplo.com.br
www.linkedin.com/in/maria-silva
Experiência
2015 - 2019 Banco Exemplo, Gerente de Relacionamento
"""
ENGLISH = """Résumé
John A. O'Neill-Smith – Senior Engineer
London · john@oneill.example · +44 20 7946 0958
Portfolio: https://oneill.example/work, github.com/joneill.
2001-02-03 to 2004-05-06
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            PORTUGUESE,
            Found("Maria D'Ávila da Silva", "maria.silva+vagas@exemplo.com.br", "(11) 98765-4321", ("https://www.linkedin.com/in/maria-silva",)),
        ),
        (
            ENGLISH,
            Found("John A. O'Neill-Smith", "john@oneill.example", "+44 20 7946 0958", ("https://oneill.example/work", "https://github.com/joneill")),
        ),
        ("Objetivo: aprender\nNome completo: ana souza lima\nNome: Ana Souza Lima", Found("Ana Souza Lima")),
        ("Gerente de Relacionamento\nBanco Exemplo\nJosé dos Santos", Found("José dos Santos")),
        ("Ana, gerente de relacionamento", Found()),
        ("São Paulo\nCEP 01310100\n2010.01.02", Found()),
        ("São Paulo\nPaulo Silva", Found("Paulo Silva")),
        ("Tel 3456-7890 ou 11 91234 5678", Found(phone="3456-7890")),
        ("Período 2015-2019\n12.345.678/0001-90\n01310-100\n123.456.789-09\nCPF 12345678909\n11987654321", Found()),
        ("Phone: 1999-2004 2008 2010 2012 2014", Found()),
        ("mail a@b, @x.y, ana@@b.c, (ana@b.example).", Found(email="ana@b.example")),
        ("javascript:alert(1) ftp://x.example data:text/html", Found()),
        ("", Found()),
        ("\x00" * 50, Found()),
    ],
)
def test_a_resume_says_who_wrote_it(text, found):
    assert read_resume(text) == found


@pytest.mark.parametrize("unit", ["a.", "1 ", "(1", "a@", "www.", "+-", "Ab ", "a-", "1."])
def test_hostile_text_is_read_in_no_time(unit):
    read_resume(unit * 200_000)  # quadratic reading of this much would outlast the suite's time limit


def test_what_was_found_is_offered_and_never_overwrites_what_was_typed(app, client, run_jobs):
    slug = an_open_posting().slug
    address = f"/careers/{slug}/apply"
    client.get(address)
    typed = {"name": "Typed by me", "cover_letter": "Minha carta", "consent": "y", "held_resume": ""}
    resume = a_pdf("Contato: ana@exemplo.com.br  Celular: (11) 98765-4321  github.com/ana <b>")
    assert client.post(f"{address}/resume", data={**typed, "take": "email"}).status_code == 303
    assert "Please choose your résumé." in client.get(address).text
    sent = client.post(f"{address}/resume", data={**typed, "resume": (BytesIO(resume), "cv.pdf")}, content_type="multipart/form-data")
    assert sent.status_code == 303
    page = client.get(address).text
    assert "being read" in page and 'value="Typed by me"' in page and "We have cv.pdf" in page
    assert "checked" not in page  # consent is given when sending
    run_jobs()
    part = client.get(f"{address}/resume")
    assert part.status_code == 200 and "ana@exemplo.com.br" in part.text and "no-store" in part.headers["Cache-Control"]
    stranger = app.test_client()
    stranger.get(address)
    assert (stranger.get(f"{address}/resume").status_code, "ana@exemplo" in stranger.get(address).text) == (204, False)

    held = {"held_resume": hidden(client.get(address).text, "held_resume")}
    for take in ("email", "links", "nonsense"):
        assert client.post(f"{address}/resume", data={**typed, **held, "take": take}).status_code == 303
    page = client.get(address).text
    assert "Minha carta\nhttps://github.com/ana" not in page  # the last request said what is typed, and it stays so
    assert client.post(f"{address}/resume", data={**typed, **held, "email": "mine@example.test", "take": "email"}).status_code == 303
    page = client.get(address).text
    assert "What you typed there stays." in page and hidden(page, "email") == "mine@example.test"
    assert client.post(f"{address}/resume", data={**typed, **held, "take": "links"}).status_code == 303
    page = client.get(address).text
    assert "Minha carta\nhttps://github.com/ana" in page and hidden(page, "email") == "" and 'value="phone"' in page
    assert stranger.post(f"{address}/resume", data={**held, "take": "email"}).status_code == 303
    assert hidden(stranger.get(address).text, "email") == ""
    assert session.scalars(select(Application)).all() == [] and len(session.scalars(select(HeldResume)).all()) == 1
