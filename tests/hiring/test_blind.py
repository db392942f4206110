"""While names are hidden, nothing a colleague can open tells who applied; what they are judged by stays."""

import pytest
from sqlalchemy import select

from core.db import session
from core.errors import WrongState
from core.mail.outbox import queue_mail
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.blind.actions import reveal, set_screening
from hiring.blind.naming import code_name
from hiring.blind.redaction import redact
from hiring.interviews.actions import schedule_interview
from hiring.messages.actions import ask_for_document, hand_in, write_to_team
from hiring.postings.models import StageKind
from hiring.postings.queries import get_posting_with_stages
from hiring.references.actions import note_reference
from hiring.screening.actions import give_mark
from hiring.screening.queries import criteria_and_marks_of
from hiring.search.language import parse
from hiring.search.queries import search
from hiring.stages.actions import StageText, add_stage, change_stage, shift_stage
from tests.situations import a_colleague, a_resume, an_application, an_open_posting
from tests.threats.test_sweep import words
from tests.threats.world import addresses

NAME, EMAIL, PHONE = "Zuleica Quixadá", "zuleica.q@caixapostal.test", "+55 11 99999-0000"
RESUME = f"""{NAME.upper()}
Brasileira, casada, 34 anos
Rua das Acácias, 120 - Pinheiros, CEP 05422-030
{PHONE} | {EMAIL} | linkedin.com/in/zuleicaq
Universidade Federal do Cariri, 2012
Zuleica cuidou de carteiras de clientes por 6 anos"""
TELLING = ("zuleica", "quixad", "caixapostal", "99999-0000", "zuleicaq", "acácias", "cariri", "casada", "34 anos")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("10 anos de experiência em vendas, carteira de R$ 12.000.000,00", "10 anos de experiência em vendas, carteira de R$ 12.000.000,00"),
        ("2015 - 2019 Gerente; 01/2015 - 12/2019, meta de 1.200.000", "2015 - 2019 Gerente; 01/2015 - 12/2019, meta de 1.200.000"),
        ("ANA  MARIA de Sá e Silva", "[name]"),
        ("Falei com Anabela e com a Ana.", "Falei com Anabela e com a [name]."),
        ("+55 (11) 98765-4321 / 11987654321", "[contact] / [contact]"),
        ("ana(at)x.test, www.ana.test/cv, github.com/anas, @ana_silva", "[contact], [link] [link] [link]"),
        ("Av. Paulista, 1000, apto 3; CEP: 01310-100", "[address]; [address]"),
        ("Address: 12 Oak Street\nDelivered at 12 Oak Street, Leeds", "[personal]\nDelivered at [address]"),
        ("Data de nascimento: 12/03/1990\nIdade: 34\nEstado civil - solteira", "[personal]\n[personal]\n[personal]"),
        ("I am 29 years old (she/her), mother of two", "I am [personal] [personal], [personal]"),
        ("Graduada pela USP, MBA na FGV-SP, curso no Instituto Brasileiro de Finanças", "Graduada pela [school], MBA na [school], curso no [school]"),
        ("University of São Paulo; Harvard Business School, 2019", "[school]; [school], 2019"),
        ("CPF: 123.456.789-09", "[personal]"),
        ("documento 123.456.789-09", "documento [contact]"),
        ("Conclui\u0301 com Mari\u0301a e Si\u0301lva", "Concluí com [name]"),
        ("A N A  M A R I A  D E  S Á\nE X P E R I Ê N C I A", "[name]\nE X P E R I Ê N C I A"),
        ("Ana Maria Quixadá Silva Prado\nGerente Ana Prado, Ana Quixadá", "[name]\nGerente [name] Prado, [name] Quixadá"),
        ("AnaSilva.pdf, cv_MariaDeSá", "[name].pdf, cv_[name]"),
        ("CPA-20 (2018), CRM e análise de crédito", "CPA-20 (2018), CRM e análise de crédito"),
    ],
)
def test_what_tells_who_it_is_is_taken_out_and_the_rest_stays(text, left):
    assert redact(text, name="Ana Maria de Sá e Silva", email="ana@x.test", phone="11 98765-4321") == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("J. P. Silva, JP Silva, J Silva", "[name], [name], [name]"),
        ("Silva, J. P. (2019). Silva JP", "[name] (2019). [name]"),
        ("Publicado por J.P.S. em 2019; assinado J. P. S.", "Publicado por [name] em 2019; assinado [name]"),
        ("cv_jpsilva_2026.pdf", "cv_[name]_2026.pdf"),
        ("silvajp.pdf e jsilva, joaops", "[name].pdf e [name], [name]"),
        ("curriculo jão.pdf", "curriculo [name].pdf"),
        ("Todos me chamam de Joãozinho, Joca ou Pedrinho.", "Todos me chamam de [name], [name] ou [name]."),
        ("J\u043e\u00e3o e \u0405\u0456lv\u0430; S\u200dilva; \uff33\uff49\uff4c\uff56\uff41", "[name]; [name]; [name]"),
        ("Vendas de P. e JS, SQL; J. Souza e P&D", "Vendas de P. e JS, SQL; J. Souza e P&D"),
        ("Fiz ped agogia e pedi demissão", "Fiz ped agogia e pedi demissão"),
        ("A. B. [sic] e CRM", "A. B. [sic] e CRM"),
    ],
)
def test_initials_nicknames_and_letters_that_look_alike_tell_no_more_than_the_name(text, left):
    assert redact(text, name="João Pedro da Silva", email="jp@x.test") == left


def test_a_name_is_hidden_in_its_other_spellings():
    assert redact("Mueller, Muller, Lukasz Mueller", name="Łukasz Müller") == "[name], [name], [name]"
    assert redact("Rafa, Rafinha, Nanda; rafa", name="Rafael Costa") == "[name], [name], Nanda; rafa"
    assert redact("Nanda, Gabi", name="Fernanda Gabriela Costa") == "[name], [name]"


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Dias", Role.RECRUITER)


@pytest.fixture
def posting(recruiter):
    return an_open_posting(by=recruiter)


def stage_of(posting, viewer):
    stages = get_posting_with_stages(posting.public_id, viewer=get_person(viewer.public_id)).stages
    return next(stage for stage in stages if stage.kind is StageKind.INTERVIEW)


def hide(posting, recruiter, *, screeners=1):
    named_from = stage_of(posting, recruiter)
    set_screening(posting, named_from=named_from, screeners=screeners, by=recruiter)


def zuleica(posting):
    applied = an_application(posting, name=NAME, email=EMAIL, cover_letter=f"Sou {NAME}, da USP.")
    applied.resume = a_resume(RESUME)
    applied.resume.name = "curriculo-zuleica.pdf"
    session.flush()
    return applied.public_id


def test_no_address_a_colleague_can_ask_tells_who_applied_blind(app, client, sign_in, posting, recruiter, run_jobs):
    hide(posting, recruiter)
    key = zuleica(posting)
    application = get_application(key, viewer=recruiter)
    write_to_team(application, f"Obrigada! {NAME}, {PHONE}")
    note_reference(application, referee="Rui Serra", relation="Chefia de Zuleica", text="Zuleica foi pontual.", by=recruiter)
    request = ask_for_document(application, "Diploma", by=recruiter)
    diploma = a_resume("x")
    diploma.name = "diploma-zuleica.pdf"
    hand_in(request, diploma, application=application)
    session.flush()
    run_jobs()
    asked = [
        *(address for address in addresses(app) if not address.startswith(("/administration", "/mails", "/audit-trail", "/people", "/privacy"))),
        *(f"/{page}={word}" for word in ("zuleica", "quixada", "caixapostal", "cariri") for page in ("search?q", "applications?words")),
    ]
    for role in (Role.RECRUITER, Role.MANAGER, Role.EXECUTIVE, Role.INTERVIEWER):
        sign_in(recruiter if role is Role.RECRUITER else a_colleague(f"Person {role}", role))
        for address in asked:
            said = words(client.get(address)).casefold()
            told = [word for word in TELLING if word in said.replace("q=zuleica", "").replace('value="zuleica', "")]
            assert address.endswith(("=zuleica", "=quixada", "=caixapostal", "=cariri")) or not told, (
                role,
                address,
                told,
                said[max(0, said.find(told[0]) - 200) :][:300],
            )
            assert str(key) not in said or not address.endswith(("=zuleica", "=quixada", "=caixapostal", "=cariri")), address
    sign_in(recruiter)
    page = client.get(f"/applications/{key}/screen").text
    assert "carteiras de clientes" in page
    assert "Candidate " in client.get("/applications").text
    assert client.get(f"/applications/{key}/resume").status_code == 409


def test_a_name_is_known_from_its_stage_on_and_stays_known(client, sign_in, posting, recruiter, run_jobs):
    hide(posting, recruiter)
    key = zuleica(posting)
    sign_in(recruiter)
    application, recruiter = get_application(key, viewer=recruiter), get_person(recruiter.public_id)
    stages = {stage.kind: stage for stage in reversed(application.posting.stages)}
    with pytest.raises(WrongState):
        schedule_interview(application, stage=stages[StageKind.INTERVIEW], plan=None, by=recruiter)
    for to_stage in (stages[StageKind.INTERVIEW], stages[StageKind.SCREENING]):
        advance_application(get_application(key, viewer=get_person(recruiter.public_id)), to_stage=to_stage, by=None)
        session.flush()
        assert NAME in client.get(f"/applications/{key}").text
    session.commit()
    run_jobs()
    assert client.get(f"/applications/{key}/resume").status_code == 200
    assert [hit.name for hit in search(parse("quixada"), get_person(recruiter.public_id)).rows] == [NAME]


def test_a_name_is_shown_before_its_time_only_for_a_reason_that_is_kept(client, sign_in, posting, recruiter):
    hide(posting, recruiter)
    key = zuleica(posting)
    sign_in(recruiter)
    assert client.post(f"/applications/{key}/reveal", data={"reason": " "}).status_code == 422
    assert client.post(f"/applications/{key}/reveal", data={"reason": "Needs a sign language interpreter"}).status_code == 302
    assert NAME in client.get(f"/applications/{key}").text
    with pytest.raises(WrongState):
        again = get_person(recruiter.public_id)
        reveal(get_application(key, viewer=again), reason="Again", by=again)


def test_switching_it_on_hides_who_waits_but_nobody_who_was_met(client, sign_in, posting, recruiter):
    key = zuleica(posting)
    met = an_application(posting, name="Bia Vista", email="bia@example.test")
    advance_application(met, to_stage=next(stage for stage in met.posting.stages if stage.kind is StageKind.INTERVIEW), by=None)
    sign_in(recruiter)
    page = client.get(f"/postings/{posting.public_id}/screening")
    assert "always" in page.text
    stage = stage_of(posting, recruiter)
    answer = client.post(f"/postings/{posting.public_id}/screening", data={"named_from": str(stage.public_id), "screeners": "2"})
    assert answer.status_code == 302
    hidden = {row.public_id: row.names_hidden for row in session.execute(select(Application.public_id, Application.names_hidden))}
    assert hidden == {key: True, met.public_id: False}
    assert client.post(f"/postings/{posting.public_id}/screening", data={"named_from": "", "screeners": "9"}).status_code == 422
    client.post(f"/postings/{posting.public_id}/screening", data={"named_from": "", "screeners": "1"})
    assert NAME in client.get("/applications").text


def test_a_changed_plan_keeps_names_hidden_up_to_the_stage_they_are_shown_from(app, posting, recruiter):
    hide(posting, recruiter)
    key = zuleica(posting)

    def known() -> list[str]:
        session.flush()
        session.expire_all()
        return [
            stage.name for stage in get_posting_with_stages(posting.public_id, viewer=get_person(recruiter.public_id)).stages if not stage.is_blind
        ]

    def plan(change, *given, **more):
        found, by = get_posting_with_stages(posting.public_id, viewer=get_person(recruiter.public_id)), get_person(recruiter.public_id)
        stages = {stage.name: stage for stage in found.stages}
        change(*(stages.get(each, each) for each in given), found, *more.pop("text", ()), by=by, version=found.version, **more)

    before = known()
    plan(add_stage, text=(StageText(name="Phone call", kind=StageKind.SCREENING),))
    assert known() == before
    plan(add_stage, text=(StageText(name="Case", kind=StageKind.INTERVIEW),))
    assert "Case" in known()
    plan(shift_stage, "Phone call", places=1)
    assert "Phone call" in known()
    plan(shift_stage, "Phone call", places=-1)
    assert "Phone call" not in known()
    plan(change_stage, "Phone call", text=(StageText(name="Phone call", kind=StageKind.INTERVIEW),))
    assert "Phone call" in known()
    assert session.scalars(select(Application.names_hidden).where(Application.public_id == key)).one()


def test_with_two_screeners_nobody_sees_anothers_marks_before_marking_every_criterion(client, sign_in, posting, recruiter):
    second = a_colleague("Beto Marcante", Role.RECRUITER)
    hide(posting, recruiter, screeners=2)
    application = get_application(zuleica(posting), viewer=get_person(recruiter.public_id))
    criteria, _marks = criteria_and_marks_of(application)
    for criterion in criteria:
        give_mark(application, criterion, mark=1, by=get_person(recruiter.public_id))
    session.flush()
    address = f"/applications/{application.public_id}"
    sign_in(second)
    for page in (address, f"{address}/screen"):
        assert "Renata Dias: 1" not in client.get(page).text and "marks: 0 %" not in client.get(page).text
    for number, criterion in enumerate(criteria, start=1):
        client.post(f"{address}/marks", data={"criterion": str(criterion.public_id), "mark": "4"})
        assert ("Renata Dias: 1" in client.get(f"{address}/screen").text) is (number == len(criteria))
    page = client.get(f"{address}/screen").text
    assert page.count("you disagree") == len(criteria)


def test_administrators_and_auditors_do_not_learn_a_hidden_name_from_mails_and_trail(client, sign_in):
    posting = an_open_posting(by=a_colleague("Renata Dias", Role.RECRUITER))
    ana = an_application(posting, name="Ana Prado")
    ana.names_hidden = True
    person = ana.candidate.person
    mail = queue_mail("invitation", to=person, context={"name": person.name, "link": "http://localhost/invitation/abc", "days": 14})
    mail.last_error = f"550 {person.email}: no such user"
    session.commit()
    code, email, address, key = code_name(ana.public_id), person.email, f"/mails/{mail.public_id}", ana.public_id
    sign_in(a_colleague("Ada Nunes", Role.ADMINISTRATOR))
    for page in (client.get("/mails").text, client.get(address).text):
        assert code in page and "Ana Prado" not in page and email not in page
    assert [client.post(f"{address}/open").status_code, client.get(f"{address}/preview").status_code] == [404, 404]
    sign_in(a_colleague("Otto Braga", Role.AUDITOR))
    trail = client.get("/audit").text
    assert code in trail and "Ana Prado" not in trail and email not in trail
    session.scalars(select(Application).where(Application.public_id == key)).one().names_hidden = False
    session.commit()
    assert "Ana Prado" in client.get("/audit").text
    sign_in(a_colleague("Ada Nunes", Role.ADMINISTRATOR))
    assert "Ana Prado" in client.get("/mails").text and email in client.get(address).text
    assert [client.post(f"{address}/open").status_code, client.get(f"{address}/preview").status_code] == [302, 200]
