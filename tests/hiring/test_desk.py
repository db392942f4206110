"""The desk of those who screen: the order of the work, marks and taking back, words found and page pictures."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import now
from core.db import session
from core.errors import WrongState
from core.files.models import FilePage
from core.files.pages import ask_for_pages
from core.people.models import JobRole
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application
from hiring.applications.models import Application, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.blind.actions import set_screening
from hiring.postings.models import CriterionKind, StageKind
from hiring.postings.queries import get_posting_with_stages
from hiring.profiles.actions import ProfileText, edit_profile, write_profile
from hiring.screening.actions import give_mark
from hiring.screening.evidence import passages, share_found
from hiring.screening.matching import groups_in
from hiring.screening.queries import Queue, criteria_of, neighbours
from hiring.screening.undoing import just_done, undo
from hiring.search.actions import index_applications
from tests.situations import a_colleague, a_resume, an_application, an_open_posting

SYNONYMS = groups_in("CRM, Salesforce\nvendas consultivas, venda de soluções, consultative selling\nno group\n")


@pytest.mark.parametrize(
    ("line", "criterion", "language", "found"),
    [
        ("Gerenciei carteiras no Salesforce", "Uso de CRM", "pt_BR", ["Salesforce"]),
        ("Six years of consultative selling to firms", "Vendas consultivas", "pt_BR", ["consultative selling"]),
        ("Venda de soluções para empresas", "Vendas consultivas", "pt_BR", ["Venda de soluções"]),
        ("Managed portfolios of clients", "Client portfolio", "en", ["portfolios", "clients"]),
        ("Gerente de clientes", "Clients", "en", ["clientes"]),
        ("Salesforce", "Atendimento", "pt_BR", []),
        ("ana@crm.test, CRM", "Uso de CRM", "pt_BR", []),
    ],
)
def test_a_passage_is_found_by_other_words_for_the_same_and_in_both_languages(line, criterion, language, found):
    passage = passages(line, criterion, language=language, synonyms=SYNONYMS)
    assert list(passage[0].parts[1::2]) == found if found else not passage


def test_the_share_counts_each_word_of_the_criterion_once_whatever_it_is_called():
    assert share_found("Salesforce e outro CRM", "CRM", language="pt_BR", synonyms=SYNONYMS) == 1
    assert share_found("Salesforce", "CRM e negociação", language="pt_BR", synonyms=SYNONYMS) == 0.5
    assert share_found("consultative selling", "Vendas consultivas e negociação", language="pt_BR", synonyms=SYNONYMS) == pytest.approx(1 / 3)
    assert share_found("anything", "3 anos de", language="pt_BR") is None


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Dias", Role.RECRUITER)


@pytest.fixture
def posting(recruiter):
    return an_open_posting(by=recruiter)


def applied(posting, name, *, days=0, resume=""):
    application = an_application(posting, name=name, email=f"{name.lower()}@example.test")
    if resume:
        application.resume = a_resume(resume)
        application.resume.text, application.resume.text_state = resume, application.resume.text_state.READY
    application.applied_at = now() - timedelta(days=days)
    session.flush()
    return application.public_id


def found(key, viewer):
    return get_application(key, viewer=get_person(viewer.public_id))


def test_the_work_goes_on_with_the_next_that_is_not_marked_and_back_to_any(app, posting, recruiter):
    first, second, third = applied(posting, "Ana", days=3), applied(posting, "Bia", days=2), applied(posting, "Caio", days=1)
    elsewhere = applied(an_open_posting(by=recruiter), "Dora", days=2)
    whole = Queue(posting=posting.public_id)
    assert neighbours(found(first, recruiter), recruiter, whole) == (None, second)
    assert neighbours(found(second, recruiter), recruiter, Queue())[1] in (third, elsewhere)
    for criterion in criteria_of(posting.id):
        give_mark(found(second, recruiter), criterion, mark=2, by=get_person(recruiter.public_id))
    assert neighbours(found(first, recruiter), recruiter, whole) == (None, third)
    assert neighbours(found(third, recruiter), recruiter, whole) == (second, None)
    assert neighbours(found(first, recruiter), a_colleague("Outra", Role.RECRUITER), whole)[1] == second


def test_who_wrote_most_of_the_words_stands_first_where_one_asks_for_it_and_new_words_count_at_once(client, sign_in, recruiter):
    posting = an_open_posting(by=recruiter, title="Vendas")
    criterion = criteria_of(posting.id)[0]
    criterion.text, criterion.kind = "CRM e negociação", CriterionKind.SKILL
    for other in criteria_of(posting.id)[1:]:
        session.delete(other)
    session.flush()
    less, more = applied(posting, "Ana", days=2, resume="Salesforce"), applied(posting, "Bia", days=1, resume="Negociação e CRM")
    keys = session.scalars(select(Application.id)).all()

    def matches():
        index_applications(keys)
        session.flush()
        session.expire_all()
        return dict(session.execute(select(Application.public_id, Application.word_match)).all())

    assert matches() == {less: 0, more: 100}
    role, by = session.get_one(JobRole, posting.job_role_id), get_person(recruiter.public_id)
    profile = write_profile(ProfileText(job_role=role, language="pt_BR", title="Vendas"), by=by)
    edit_profile(profile, ProfileText(job_role=role, language="pt_BR", title="Vendas", synonyms="CRM, Salesforce"), by=by, version=profile.version)
    assert matches() == {less: 50, more: 100}
    sign_in(recruiter)
    plain, sorted_by = client.get("/applications").text, client.get(f"/applications?posting={posting.public_id}&order=match").text
    assert plain.index("Ana") < plain.index("Bia") and sorted_by.index("Bia") < sorted_by.index("Ana")
    assert "100 % of the words" in sorted_by and "it decides nothing" in sorted_by
    screen = client.get(f"/applications/{less}/screen").text
    assert "<mark>Salesforce</mark>" in screen and "they decide nothing" in screen


def test_the_answer_on_our_mission_stands_beside_its_criterion_and_counts_for_no_words(client, sign_in, posting, recruiter):
    criterion = criteria_of(posting.id)[0]
    criterion.kind, criterion.text = CriterionKind.MISSION, "Interest in our mission"
    key = applied(posting, "Ana")
    said = next(answer.text for answer in found(key, recruiter).answers if answer.question.is_mission)
    index_applications(session.scalars(select(Application.id)).all())
    sign_in(recruiter)
    page = client.get(f"/applications/{key}/screen").text
    assert said in page.partition('id="criteria"')[2]
    assert session.scalars(select(Application.word_match)).one() is None


def test_a_mark_is_given_changed_and_taken_back_without_leaving_the_page(client, sign_in, posting, recruiter):
    key = applied(posting, "Ana")
    criterion = str(criteria_of(posting.id)[0].public_id)
    sign_in(recruiter)

    def marked(value):
        return client.post(f"/applications/{key}/marks", data={"criterion": criterion, "mark": value}, headers={"HX-Request": "true"})

    part = marked("4")
    assert part.status_code == 200 and part.text.lstrip().startswith('<div id="criteria"') and part.text.count('aria-pressed="true"') == 1
    assert 'value="2" aria-pressed="true"' in marked("2").text
    assert 'aria-pressed="true"' not in marked("0").text
    assert marked("0").status_code == 200
    assert client.get(f"/applications/{key}/screen").status_code == 200 and client.last_statements <= 12


def test_what_was_just_decided_can_be_taken_back_until_something_follows(client, sign_in, posting, recruiter):
    key, other = applied(posting, "Ana", days=2), applied(posting, "Bia", days=1)
    stages = [str(stage.public_id) for stage in posting.stages]
    sign_in(recruiter)
    version = found(key, recruiter).version
    move = {"stage": stages[1], "version": version, "from": "desk", "next": f"/applications/{other}/screen?done={key}"}
    went = client.post(f"/applications/{key}/move", data=move)
    page = client.get(went.location).text
    assert "Ana is now in" in page and f"/applications/{key}/undo" in page
    assert client.post(f"/applications/{key}/undo").status_code == 302
    assert found(key, recruiter).stage.kind is StageKind.NEW
    version = found(key, recruiter).version
    sent = {"reason": "more_qualified", "tell_days": "1", "version": version, "next": f"/applications/{other}/screen?done={key}"}
    page = client.get(client.post(f"/applications/{key}/decline", data=sent).location).text
    assert "Ana was declined. The letter goes out at" in page
    assert client.post(f"/applications/{key}/undo").status_code == 302
    assert found(key, recruiter).state is ApplicationState.ACTIVE
    stale = client.post(f"/applications/{key}/decline", data=sent)
    assert stale.status_code in (409, 422) and found(key, recruiter).state is ApplicationState.ACTIVE
    assert client.post(f"/applications/{other}/undo").status_code == 409


def test_nobody_takes_back_what_another_did_or_what_was_told_already(app, posting, recruiter):
    key = applied(posting, "Ana")
    colleague = a_colleague("Outra", Role.RECRUITER)
    advance_application(found(key, recruiter), to_stage=posting.stages[1], by=get_person(recruiter.public_id))
    assert just_done(key, by=get_person(colleague.public_id)) is None
    assert just_done(key, by=get_person(recruiter.public_id)) is not None
    decline_application(found(key, recruiter), by=get_person(recruiter.public_id), reason=DeclineReason.OTHER)
    with pytest.raises(WrongState):
        undo(key, by=get_person(recruiter.public_id))


def test_pages_are_drawn_once_and_shown_only_to_those_who_may_know_the_name(client, sign_in, posting, recruiter, run_jobs):
    key = applied(posting, "Ana", resume="Ana, gerente")
    resume = found(key, recruiter).resume
    ask_for_pages(resume)
    ask_for_pages(resume)
    session.commit()
    run_jobs()
    drawn = session.scalars(select(FilePage)).all()
    assert [(page.number, page.width) for page in drawn] == [(1, 1100)]
    picture = f"/applications/{key}/resume/pages/1"
    assert client.get(picture).status_code in (302, 401)
    sign_in(recruiter)
    answer = client.get(picture)
    assert answer.data[:4] == b"\x89PNG" and answer.headers["Cache-Control"] == "private, no-store"
    assert picture in client.get(f"/applications/{key}/screen").text
    assert client.get(f"/applications/{key}/resume/pages/2").status_code == 404
    whole = get_posting_with_stages(posting.public_id, viewer=get_person(recruiter.public_id))
    set_screening(whole, named_from=whole.stages[2], screeners=1, by=get_person(recruiter.public_id))
    assert client.get(picture).status_code == 409
    assert picture not in client.get(f"/applications/{key}/screen").text
    sign_in(a_colleague("Iris", Role.INTERVIEWER))
    assert client.get(picture).status_code in (403, 404)
