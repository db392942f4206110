"""The writing aid finds what keeps people from applying, and nothing else."""

import tomllib

import pytest

from core.people.rights import Role
from hiring.wording import labels
from hiring.wording.review import WORDS, Hint, Remark, folded, review
from tests.situations import a_colleague, a_draft_posting

PAY = {"salary_from": 900_000, "salary_to": 1_200_000}


def words(text, language):
    return [(remark.hint, remark.found) for remark in review({"summary": text}, language=language, **PAY)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "You look after forty clients.", []),
        ("en", "A sales NINJA for our young team", [(Hint.GENDERED, "NINJA"), (Hint.AGE, "young")]),
        ("en", "He/she knows the youngster Ninjas", [(Hint.GENDERED, "He/she"), (Hint.GENDERED, "Ninjas")]),
        ("en", "native  speaker of English", [(Hint.EXCLUSIVE, "native  speaker")]),
        ("en", "work hard, play hard in a fast-paced bank", [(Hint.SLOGAN, "work hard, play hard"), (Hint.SLOGAN, "fast-paced")]),
        ("en", "boa aparência", []),
        ("pt_BR", "Você cuida de uma carteira de clientes.", []),
        ("pt_BR", "BOA APARENCIA e sexo masculino", [(Hint.GENDERED, "sexo masculino"), (Hint.EXCLUSIVE, "BOA APARENCIA")]),
        ("pt_BR", "Os candidatos recém-formados", [(Hint.GENDERED, "Os candidatos"), (Hint.AGE, "recém-formados")]),
        ("pt_BR", "O candidato solteiro", [(Hint.GENDERED, "O candidato"), (Hint.EXCLUSIVE, "solteiro")]),
        ("pt_BR", "A candidata, a secretária-geral, o profissionalismo", [(Hint.GENDERED, "secretária")]),
        ("pt_BR", "Idade máxima de 35 anos, jovem, jovem", [(Hint.AGE, "Idade máxima"), (Hint.AGE, "jovem")]),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_accents(language, text, expected):
    assert sorted(words(text, language)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("word " * 81, Hint.WALL),
        ("word " * 36 + ".", Hint.LONG_SENTENCE),
        ("\n".join(["- one thing"] * 11), Hint.LONG_LIST),
        ("GREAT CHANCE, APPLY NOW", Hint.SHOUTING),
        ("Short words. " * 360, Hint.LONG_TEXT),
    ],
)
def test_shape_is_looked_at(text, hint):
    assert hint in [remark.hint for remark in review({"summary": text}, language="en", **PAY)]


def test_sound_texts_get_no_remark():
    sound = "\n".join(["- Visits clients of CPA-20 and ANBIMA"] * 10) + "\n\n" + "word " * 34
    assert review({"responsibilities": sound}, language="en", **PAY) == []
    assert review({}, language="pt_BR", **PAY) == []


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        ((None, None), [Remark(Hint.NO_SALARY, "salary_from")]),
        ((900, None), []),
        ((None, 900), []),
        ((900, 1800), []),
        ((900, 1801), [Remark(Hint.WIDE_SALARY, "salary_to")]),
    ],
)
def test_pay_is_looked_at(salary, expected):
    assert review({}, salary_from=salary[0], salary_to=salary[1], language="en") == expected


def test_a_place_in_the_folded_text_is_the_same_place_in_the_original():
    for text in ("Ação ÀÉÎ", "ﬁ İ ß ǅ", "e\u0301a", "", "漢字"):
        assert len(folded(text)) == len(text)


def test_the_list_has_reasons_that_exist_and_both_languages():
    listed = tomllib.loads(WORDS.read_text("utf-8"))
    assert set(listed) == {"en", "pt"}
    assert {Hint(entry["why"]) for entries in listed.values() for entry in entries} == {Hint.GENDERED, Hint.AGE, Hint.EXCLUSIVE, Hint.SLOGAN}
    assert set(labels.HINTS) == set(Hint)


def test_hints_stand_beside_the_form_and_on_the_page_and_follow_what_is_typed(client, sign_in):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    posting = a_draft_posting(by=recruiter, summary="Procuramos um ninja <b>jovem</b>.", salary_from=None, salary_to=None)
    base = f"/postings/{posting.public_id}"
    sign_in(recruiter)
    for step in ("", "/edit", "/wording"):
        html = client.get(base + step).text
        assert "<mark>ninja</mark>" in html and "No salary is named." in html, step
    typed = {"summary": "Uma pessoa de boa aparência", "salary_from": "9.500", "language": "pt_BR"}
    part = client.post("/postings/review-wording", data=typed)
    assert part.status_code == 200
    assert "<mark>boa aparência</mark>" in part.text and "No salary" not in part.text and "<html" not in part.text
    assert "Nothing stands out." in client.post("/postings/review-wording", data={**typed, "summary": ""}).text
