"""Searching all candidates: the language, the index in step with what happens, and who finds whom."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update

from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application
from hiring.applications.models import UNMATCHED, Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.search.actions import index_applications, index_what_is_due
from hiring.search.expressions import for_postgresql, for_sqlite
from hiring.search.language import Both, Either, Field, Mistake, Not, QueryError, Term, parse
from hiring.search.models import SearchDocument
from hiring.search.queries import search
from hiring.search.tokens import document, english, portuguese
from hiring.tags.actions import tag_candidate, untag_candidate
from tests.situations import a_colleague, an_application, an_open_posting

A, B, C = Term(("a",)), Term(("b",)), Term(("c",))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", None),
        ("  ", None),
        ("a b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ("a E b", Both((A, B))),
        ("a OR b c", Either((A, Both((B, C))))),
        ("(a OU b) c", Both((Either((A, B)), C))),
        ("a -b", Both((A, Not(B)))),
        ("a NOT (b OR c)", Both((A, Not(Either((B, C)))))),
        ("NÃO a", Not(A)),
        ("and or not", Both((Term(("and",)), Term(("or",)), Term(("not",))))),  # small letters are words
        ('"a b"', Term(("a", "b"))),
        ("back-office", Term(("back", "office"))),
        ("ana@x.test", Term(("ana", "x", "test"))),
        ("12:30", Term(("12", "30"))),
        ('skill:"risk analysis"', Term(("risk", "analysis"), Field.SKILL)),
        ("Etiqueta:prata", Term(("prata",), Field.TAG)),
        ("situação:Ativa", Term(("active",), Field.STATE)),
        ("-stage:new", Not(Term(("new",), Field.STAGE))),
    ],
)
def test_what_a_query_means(query: str, tree: object) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "mistake", "at"),
    [
        ("a (b", Mistake.NOT_CLOSED, 3),
        ("a b)", Mistake.NOT_OPENED, 4),
        ("(", Mistake.NOT_CLOSED, 1),
        ("a ()", Mistake.NOTHING_INSIDE, 3),
        ('a "b', Mistake.QUOTE, 3),
        ("a OR", Mistake.NOTHING_AFTER, 3),
        ("a AND OR b", Mistake.NOTHING_AFTER, 3),
        ("OR a", Mistake.NOTHING_BEFORE, 1),
        ("NOT", Mistake.NOTHING_AFTER, 1),
        ("a size:b", Mistake.FIELD, 3),
        ("tag: b", Mistake.FIELD_VALUE, 1),
        ("tag:", Mistake.FIELD_VALUE, 1),
        ("tag:(a b)", Mistake.FIELD_VALUE, 1),
        ("state:maybe", Mistake.STATE, 7),
        ("a ***", Mistake.NO_WORD, 3),
        (":", Mistake.NO_WORD, 1),
        ("a" * 401, Mistake.TOO_LONG, 401),
        ("a " * 41, Mistake.TOO_MANY, 81),
        ("(" * 30 + "a" + ")" * 30, Mistake.TOO_DEEP, 14),
    ],
)
def test_a_mistake_is_named_with_its_place(query: str, mistake: Mistake, at: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert (caught.value.mistake, caught.value.at) == (mistake, at)


def test_words_meet_whatever_their_accents_and_endings() -> None:
    for words in (
        "avaliação avaliacao avaliações AVALIACOES",
        "gestão gestao gestões",
        "gerente gerentes",
        "responsável responsaveis",
        "São SAO são",
    ):
        assert len({portuguese(word) for word in words.split()}) == 1, words
    assert len({english(word) for word in ["managed", "managing", "manages"]}) == 1
    assert english("東京").isascii() and document(posting_key=1, names=["東京 `'\"\\ \x00"], sent=[], fields={}).isascii()


def test_expressions_hold_only_tokens_and_signs() -> None:
    tree = parse('a\' "); DROP" -b\\*:* OR <x>&|!')
    assert tree is not None
    assert set(for_sqlite(tree)) <= set('abcdefghijklmnopqrstuvwxyz0123456789" ()ANDORT')
    assert set(for_postgresql(tree)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ()&|!<->")


def test_an_index_looks_for_a_phrase_by_its_pairs_and_for_what_is_absent_among_everything() -> None:
    whole = document(posting_key=1, names=[], sent=["Cuidei da carteira de clientes do banco"], fields={}).split()
    phrase, other = (parse(text) for text in ('"carteira de clientes"', '"clientes de carteira"'))
    assert phrase is not None and other is not None
    wanted = [re.findall(r"zp[0-9a-f]{8}", for_postgresql(tree)) for tree in (phrase, other)]
    assert len(wanted[0]) == 4 and set(wanted[0]) <= set(whole) and not set(wanted[1]) & set(whole)
    assert wanted == [re.findall(r"zp[0-9a-f]{8}", for_sqlite(tree)) for tree in (phrase, other)]
    for query, begins in (("-crm", True), ("-crm -nps", True), ("vendas OR -crm", True), ("vendas -crm", False)):
        tree = parse(query)
        assert tree is not None
        assert for_postgresql(tree).startswith("zall & ") is begins, query


def names(query: str, viewer: UUID) -> list[str]:
    tree = parse(query)
    assert tree is not None
    return [hit.name for hit in search(tree, get_person(viewer)).rows]


def reindexed(app: Flask, run_jobs: Callable[[], object]) -> None:
    session.commit()
    run_jobs()


def test_the_index_follows_what_happens_to_applications(app: Flask, run_jobs: Callable[[], object]) -> None:
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    who = recruiter.public_id
    posting = an_open_posting(by=recruiter, title="Gerente de Relacionamento")
    ana = an_application(posting, name="Ana Conceição", cover_letter="Fiz avaliações de crédito e conduzi equipes.", source="referral")
    bruno = an_application(posting, name="Bruno Reis", cover_letter="I managed portfolios of credit clients.")
    ana_id, bruno_id = ana.public_id, bruno.public_id
    reindexed(app, run_jobs)
    everybody = ["Bruno Reis", "Ana Conceição"]  # newest first
    assert names("avaliacao crédito", who) == ["Ana Conceição"] == names('"avaliação de credito"', who)
    assert names('"crédito de avaliações"', who) == []
    assert names("managing OR equipe", who) == everybody == names("gerentes", who)  # their résumés say "gerente"
    assert names("gerente -managing", who) == ["Ana Conceição"] == names("-portfolio", who)
    assert names("conceicao", who) == ["Ana Conceição"] == names("source:referral", who) and names("skill:reis", who) == ["Bruno Reis"]
    assert names("posting:relacionamento state:ativa", who) == everybody and names("posting:caixa", who) == []
    loaded = get_application(ana_id, viewer=get_person(who))
    tag = tag_candidate(loaded.candidate, "Medalha de Prata", by=recruiter)
    second = sorted(loaded.posting.stages, key=lambda stage: stage.position)[1]
    stage = second.name
    advance_application(loaded, to_stage=second, by=recruiter)
    other = get_application(bruno_id, viewer=get_person(who))
    decline_application(other, by=recruiter, reason=DeclineReason.OTHER)
    reindexed(app, run_jobs)
    assert names("tag:prata", who) == names("medalha", who) == names(f'stage:"{stage}"', who) == ["Ana Conceição"]
    assert names("state:declined", who) == names(f'-stage:"{stage}"', who) == ["Bruno Reis"]
    untag_candidate(get_application(ana_id, viewer=get_person(who)).candidate, tag, by=recruiter)
    reindexed(app, run_jobs)
    assert names("tag:prata", who) == []
    keys = session.scalars(select(Application.id)).all()
    assert index_applications(keys) == 0  # once more changes nothing
    session.execute(update(SearchDocument).values(words="as before", resume_read=False))  # as an upgrade leaves what was indexed in another way
    session.execute(update(Application).values(match_place=UNMATCHED))
    assert names("gerente", who) == [] and index_what_is_due() == 2 and index_what_is_due() == 0
    session.expire_all()
    assert names("gerente", who) == everybody and all(each.match_place < UNMATCHED for each in session.scalars(select(Application)))
    session.execute(delete(SearchDocument))
    assert names("gerente", who) == []
    answer = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert answer.exit_code == 0 and "2 applications are indexed, 2 of them anew" in answer.output
    assert names("gerente", who) == everybody


def test_nobody_finds_what_they_may_not_see(
    app: Flask, run_jobs: Callable[[], object], client: FlaskClient, sign_in: Callable[[Person], None]
) -> None:
    recruiter, manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
    stranger, interviewer = a_colleague("Outra Gestora", Role.MANAGER), a_colleague("Ivo Lima", Role.INTERVIEWER)
    theirs = an_open_posting(by=recruiter, hiring_manager=manager)
    an_application(theirs, name="Clara Nunes"), an_application(an_open_posting(by=recruiter), name="Dora Nunes")
    reindexed(app, run_jobs)
    assert names("nunes", recruiter.public_id) == ["Dora Nunes", "Clara Nunes"]
    assert names("nunes", manager.public_id) == names("NOT tag:x", manager.public_id) == ["Clara Nunes"]
    assert names("nunes", stranger.public_id) == names("NOT tag:x", stranger.public_id) == []
    assert session.scalar(select(func.count()).select_from(SearchDocument)) == 2
    sign_in(manager)
    page = client.get("/search?q=nunes").get_data(as_text=True)
    assert "Clara Nunes" in page and "Dora" not in page
    assert client.last_statements <= 12  # type: ignore[attr-defined]
    refused = client.get("/search", query_string={"q": '<b> (tag:x "y'})
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "This quotation mark is not closed (at character 12)" in text and 'value="&lt;b&gt; (tag:x &#34;y"' in text  # comes back filled
    assert "Nobody was found" in client.get("/search?q=zzz").get_data(as_text=True) and client.get("/search?q=nunes&page=9").status_code == 200
    sign_in(interviewer)
    assert client.get("/search?q=nunes").status_code == 403
