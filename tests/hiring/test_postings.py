"""Postings are written, approved by somebody else, opened, and lost to nobody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from core.clock import today
from core.db import db, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.actions import end_role
from core.people.models import Department, JobRole
from core.people.queries import get_person_by_key
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, mark_hired, reopen_application, withdraw_application
from hiring.applications.models import Application, ApplicationMove, ApplicationState, DeclineReason
from hiring.applications.queries import counts_by_posting, get_application
from hiring.candidacy.tasks import close_postings
from hiring.postings.actions import duplicate_posting
from hiring.postings.models import Criterion, MemberPart, Posting, PostingMember, PostingMove, PostingState, Question, StageKind
from hiring.publishing.actions import approve_posting, ask_for_approval, open_posting, send_back_posting
from tests.hiring.crowds import copied
from tests.hiring.forms_of_pages import hidden
from tests.situations import a_colleague, a_company, a_draft_posting, a_place, an_application, an_open_posting

S = PostingState


@pytest.fixture
def recruiter(app):
    return a_colleague("Renata Lopes", Role.RECRUITER)


@pytest.fixture
def manager(app):
    return a_colleague("Marcos Prado", Role.MANAGER)


def again(person):
    """The person with grants loaded, after a request."""
    return get_person_by_key(person.id)


def what_was_written(html):
    """Every field of the posting form as the page filled it in."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name.group(1)] = value.group(1) if value else ""
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', inner)
        fields[name] = next((group for group in chosen.groups() if group), "") if chosen else ""
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        fields[name] = inner.strip()
    return fields


def test_a_recruiter_writes_a_posting_with_criteria_and_questions(client, sign_in, recruiter, manager):
    a_company()
    rows = [JobRole(name="Gerente"), Department(name="Negócios")]
    session.add_all(rows)
    place = a_place()
    session.flush()
    sign_in(recruiter)
    page = client.get("/postings/new")
    fields = {
        "title": "Gerente de Relacionamento",
        "job_role": rows[0].public_id,
        "department": rows[1].public_id,
        "location": place.public_id,
        "hiring_manager": manager.public_id,
        "workplace": "hybrid",
        "employment_type": "full_time",
        "openings": "2",
        "salary_from": "9.500",
        "salary_to": "12.500,50",
        "currency": "BRL",
        "salary_period": "month",
        "language": "pt_BR",
        "summary": "Clientes.",
        "responsibilities": "- Visitar",
        "qualifications": "- CPA-20",
        "closes_on": (today() + timedelta(days=9)).isoformat(),
        "state": "open",
        "recruiter_id": "1",
        "slug": "mine",
        "approved_by": "1",
    }
    assert page.status_code == 200
    answer = client.post("/postings/new", data=fields)
    assert answer.status_code == 302
    posting = session.scalars(select(Posting)).one()
    assert (posting.state, posting.slug, posting.salary_from, posting.salary_to) == (S.DRAFT, "gerente-de-relacionamento", 950000, 1250050)
    parts = session.scalars(select(PostingMember.part).order_by(PostingMember.id)).all()
    assert parts == [MemberPart.RECRUITER, MemberPart.HIRING_MANAGER]
    base = f"/postings/{posting.public_id}"
    assert "No criteria yet" in client.get(f"{base}/criteria").text
    added = client.post(f"{base}/criteria", data={"criterion-text": "CPA-20", "criterion-kind": "certification", "criterion-weight": "4"})
    assert added.status_code == 302
    asked = {
        "question-text": "São Paulo?",
        "question-kind": "yes_no",
        "question-knock_out": "y",
        "question-accepted": "yes",
        "question-knock_out_reason": "Lá.",
    }
    assert client.post(f"{base}/questions", data=asked).status_code == 302
    wrong = client.post(f"{base}/questions", data={**asked, "question-kind": "long"})
    assert wrong.status_code == 422 and "can be a knock-out." in wrong.text
    assert client.post(f"{base}/criteria", data={"criterion-text": "X", "criterion-kind": "skill", "criterion-weight": "9"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(Criterion)) == 1
    assert session.scalar(select(func.count()).select_from(Question)) == 1
    for step in ("", "/preview", "/edit", "/criteria"):
        assert client.get(base + step).status_code == 200
    assert client.get("/postings?text=relacionamento&state=draft").text.count("Gerente de Relacionamento") >= 1
    assert "Gerente de Relacionamento" not in client.get("/postings?text=relacionamentos&state=draft").text


def test_staff_find_postings_whatever_the_accents(client, sign_in, recruiter):
    an_open_posting(title="Gestão de Crédito")
    sign_in(recruiter)
    for typed in ("gestao", "CRÉDITO", "gestão de credito"):
        assert "Gestão de Crédito" in client.get("/postings", query_string={"text": typed}).text


def test_an_impossible_range_deadline_or_title_is_named_and_what_was_typed_stays(client, sign_in, recruiter):
    posting = a_draft_posting(by=recruiter)
    sign_in(recruiter)
    address = f"/postings/{posting.public_id}/edit"
    fields = what_was_written(client.get(address).text)
    for change, sentence in (
        ({"salary_to": "10"}, "The range ends below its beginning."),
        ({"salary_from": "plenty"}, "Write an amount in figures"),
        ({"closes_on": "2020-01-01"}, "The deadline is in the past."),
        ({"title": ""}, "This field is required."),
        ({"job_role": "0"}, "Not a valid choice"),
    ):
        answer = client.post(address, data={**fields, "summary": "typed with care", **change})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "typed with care" in answer.text


def test_the_second_of_two_writers_gets_409_and_keeps_what_they_typed(client, sign_in, recruiter):
    posting = a_draft_posting(by=recruiter)
    sign_in(recruiter)
    address = f"/postings/{posting.public_id}/edit"
    fields = what_was_written(client.get(address).text)
    assert client.post(address, data={**fields, "summary": "by the first"}).status_code == 302
    second = client.post(address, data={**fields, "summary": "by the second"})
    assert second.status_code == 409
    assert "by the second" in second.text and "by the first" in second.text
    assert session.scalars(select(Posting.summary)).one() == "by the first"
    version = hidden(second.text, "version")
    assert client.post(address, data={**fields, "summary": "by the second", "version": version}).status_code == 302
    assert session.scalars(select(Posting.summary)).one() == "by the second"


def test_approval_goes_to_the_hiring_manager_and_back_by_mail(client, sign_in, recruiter, manager, mailbox):
    posting = a_draft_posting(by=recruiter, hiring_manager=manager)
    base = f"/postings/{posting.public_id}"
    sign_in(recruiter)
    assert client.post(f"{base}/submit").status_code == 302
    assert [mail.name for mail in mailbox.to(manager)] == ["posting_approval_asked"]
    assert base in mailbox.to(manager)[0].text
    assert client.post(f"{base}/approve").status_code == 403
    assert client.get(f"{base}/edit").status_code == 200
    sign_in(manager)
    assert "It waits for your decision" in client.get(base).text
    assert client.post(f"{base}/send-back", data={"reason": ""}).status_code == 422
    assert client.post(f"{base}/send-back", data={"reason": "Name the salary"}).status_code == 302
    assert "Name the salary" in mailbox.to(recruiter)[-1].text
    sign_in(recruiter)
    assert "Name the salary" in client.get(base).text
    client.post(f"{base}/submit")
    sign_in(manager)
    assert client.post(f"{base}/approve").status_code == 302
    assert [mail.name for mail in mailbox.to(recruiter)] == ["posting_sent_back", "posting_approved"]
    late = client.post(f"{base}/approve")
    assert late.status_code == 409
    assert "Somebody else has decided on this posting already." in late.text
    sign_in(recruiter)
    assert client.post(f"{base}/open").status_code == 302
    session.expire_all()
    assert session.scalars(select(Posting.state)).one() is S.OPEN
    moves = session.scalars(select(PostingMove.to_state).order_by(PostingMove.id)).all()
    assert moves == [S.DRAFT, S.IN_APPROVAL, S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.OPEN]
    assert "Public and taking applications" in client.get(base).text


def test_a_posting_whose_approver_left_is_taken_back_and_another_is_asked(client, sign_in, recruiter, manager):
    posting = a_draft_posting(by=recruiter, hiring_manager=manager)
    base = f"/postings/{posting.public_id}"
    sign_in(recruiter)
    client.post(f"{base}/submit")
    assert "has been asked to approve it." in client.get(base).text
    end_role(get_person_by_key(manager.id), Role.MANAGER, by=None)
    session.commit()
    assert "name another hiring manager" in client.get(base).text
    assert client.post(f"{base}/return-to-draft").status_code == 302
    assert "A draft: only you and your colleagues see it" in client.get(base).text
    assert client.get(f"{base}/edit").status_code == 200


def test_nobody_approves_what_they_asked_for(app, recruiter):
    both = a_colleague("Beatriz Ramos", Role.RECRUITER, Role.MANAGER)
    with pytest.raises(Invalid):
        ask_for_approval(a_draft_posting(by=both, hiring_manager=both), by=both)
    posting = a_draft_posting(by=both)
    ask_for_approval(posting, by=both)
    with pytest.raises(NotAllowed):
        approve_posting(posting, by=both)
    with pytest.raises(NotAllowed):
        approve_posting(posting, by=a_colleague("Outra Gerente", Role.MANAGER))
    with pytest.raises(Invalid):
        send_back_posting(posting, by=get_person_by_key(posting.hiring_manager_id), reason=" ")


def test_a_draft_without_texts_or_criteria_cannot_be_submitted(client, sign_in, recruiter):
    posting = a_draft_posting(by=recruiter, summary="", responsibilities="")
    sign_in(recruiter)
    answer = client.post(f"/postings/{posting.public_id}/submit")
    assert answer.status_code == 422
    assert "Write a summary." in answer.text


def test_others_postings_look_like_missing_ones(client, sign_in, recruiter, manager):
    posting = a_draft_posting(by=recruiter)
    base = f"/postings/{posting.public_id}"
    sign_in(manager)
    for step in ("", "/preview", "/criteria"):
        assert client.get(base + step).status_code == 404
    assert client.post(f"{base}/approve").status_code == 404
    assert posting.title not in client.get("/postings").text
    sign_in(a_colleague("Ines Interview", Role.INTERVIEWER))
    assert client.get("/postings").status_code == 403


def test_a_criterion_of_another_posting_cannot_be_reached_through_ones_own(client, sign_in, recruiter):
    mine, other = a_draft_posting(by=recruiter), a_draft_posting(by=recruiter)
    foreign = other.criteria[0].public_id
    question = other.questions[0].public_id
    base = f"/postings/{mine.public_id}"
    sign_in(recruiter)
    assert client.get(f"{base}/criteria/{foreign}/edit").status_code == 404
    assert client.post(f"{base}/criteria/{foreign}/remove").status_code == 404
    assert client.post(f"{base}/questions/{question}/remove").status_code == 404
    assert session.scalar(select(func.count()).select_from(Criterion)) == 2


def test_what_was_approved_stays_and_only_wording_and_deadline_change(client, sign_in, recruiter):
    posting = an_open_posting(by=recruiter)
    base = f"/postings/{posting.public_id}"
    criterion = posting.criteria[0].public_id
    sign_in(recruiter)
    fields = what_was_written(client.get(f"{base}/wording").text)
    assert client.post(f"{base}/wording", data={**fields, "summary": "Better words", "openings": "99", "salary_to": "1"}).status_code == 302
    session.expire_all()
    changed = session.scalars(select(Posting)).one()
    assert (changed.summary, changed.openings, changed.salary_to) == ("Better words", 1, 1250000)
    assert client.post(f"{base}/edit", data=what_was_written(client.get(f"{base}/edit").text)).status_code == 403
    assert client.post(f"{base}/criteria/{criterion}/remove").status_code == 403


def test_pausing_closing_archiving_and_copying(client, sign_in, recruiter):
    posting = an_open_posting(by=recruiter)
    application = an_application(posting)
    base, slug = f"/postings/{posting.public_id}", posting.slug
    sign_in(recruiter)
    client.post(f"{base}/pause")
    assert client.get(f"/careers/{slug}").status_code == 410
    client.post(f"{base}/open")
    assert client.get(f"/careers/{slug}").status_code == 200
    assert client.post(f"{base}/archive").status_code == 409
    found = get_application(application.public_id, viewer=again(recruiter))
    decline_application(found, by=again(recruiter), reason=DeclineReason.POSITION_CLOSED)
    assert client.post(f"{base}/close", data={"seen": "0", "days": "0"}).status_code == 302
    assert client.post(f"{base}/archive").status_code == 302
    assert client.get(f"/careers/{slug}").status_code == 404
    assert client.post(f"{base}/open").status_code == 409
    copied = client.post(f"{base}/duplicate")
    assert copied.status_code == 302
    assert client.get(copied.location).status_code == 200
    copy = session.scalars(select(Posting).order_by(Posting.id.desc())).first()
    assert (copy.state, copy.closes_on, copy.slug != slug, copy.opened_at) == (S.DRAFT, None, True, None)


def test_a_copy_has_criteria_questions_and_stages_of_its_own(app, recruiter):
    posting = a_draft_posting(by=recruiter)
    copy = duplicate_posting(posting, by=recruiter)
    for rows in ("criteria", "questions", "stages"):
        assert len(getattr(copy, rows)) == len(getattr(posting, rows)) > 0
        assert {row.id for row in getattr(copy, rows)}.isdisjoint(row.id for row in getattr(posting, rows))
    assert [stage.kind for stage in copy.stages] == [
        StageKind.NEW, StageKind.SCREENING, StageKind.INTERVIEW, StageKind.INTERVIEW, StageKind.OFFER, StageKind.HIRED,
    ]  # fmt: skip


def test_the_clock_closes_what_is_past_its_deadline_where_the_work_is(app, recruiter):
    due, last_day = an_open_posting(by=recruiter), an_open_posting(by=recruiter)
    due.closes_on = today("America/Sao_Paulo") - timedelta(days=1)
    last_day.closes_on = today("America/Sao_Paulo")
    session.flush()
    close_postings()
    assert (due.state, last_day.state) == (S.CLOSED, S.OPEN)
    with pytest.raises(Invalid):
        open_posting(due, by=recruiter)


def test_an_application_advances_back_and_forth_but_not_into_hired_or_another_posting(app, recruiter):
    posting = an_open_posting(by=recruiter)
    application = an_application(posting)
    stages = posting.stages
    advance_application(application, to_stage=stages[2], by=recruiter)
    advance_application(application, to_stage=stages[1], by=recruiter)
    assert application.stage_id == stages[1].id
    with pytest.raises(Invalid):
        advance_application(application, to_stage=stages[5], by=recruiter)
    with pytest.raises(Invalid):
        advance_application(application, to_stage=an_open_posting(by=recruiter).stages[1], by=recruiter)
    with pytest.raises(NotAllowed):
        advance_application(application, to_stage=stages[2], by=a_colleague("Outra Gerente", Role.MANAGER))
    with pytest.raises(Conflict):
        advance_application(application, to_stage=stages[2], by=recruiter, seen_version=1)
    assert session.scalar(select(func.count()).select_from(ApplicationMove)) == 3


def test_a_declined_application_is_told_and_can_be_reopened_with_a_reason(app, recruiter, mailbox):
    application = an_application(an_open_posting(by=recruiter))
    decline_application(application, by=recruiter, reason=DeclineReason.MORE_QUALIFIED, note="internal remark")
    assert mailbox[-1].name == "application_declined"
    assert "internal remark" not in mailbox[-1].text + mailbox[-1].html
    with pytest.raises(WrongState):
        decline_application(application, by=recruiter, reason=DeclineReason.OTHER)
    with pytest.raises(Invalid):
        reopen_application(application, by=recruiter, reason="")
    reopen_application(application, by=recruiter, reason="New opening")
    assert (application.state, application.decline_reason) == (ApplicationState.ACTIVE, None)


def test_the_last_opening_is_filled_once_and_closes_the_posting(app, recruiter):
    posting = an_open_posting(by=recruiter, openings=2)
    first, second, third = (an_application(posting) for _number in range(3))
    mark_hired(first, by=None)
    mark_hired(first, by=None)
    assert posting.state is S.OPEN
    mark_hired(second, by=None)
    assert posting.state is S.FILLED
    with pytest.raises(Conflict):
        mark_hired(third, by=None)
    assert session.scalar(select(func.count()).select_from(Application).where(Application.state == ApplicationState.HIRED)) == 2
    with pytest.raises(WrongState):
        withdraw_application(first, by=first.candidate.person)


def test_the_list_costs_as_much_for_many_postings_as_for_few(app, client, sign_in, recruiter):
    for _number in range(2):
        a_draft_posting(by=recruiter)
    sign_in(recruiter)
    few = _statements(client, "/postings")
    for _number in range(10):
        a_draft_posting(by=again(recruiter))
    assert _statements(client, "/postings") == few <= 12
    posting = session.scalars(select(Posting.public_id).limit(1).order_by(Posting.id)).one()
    for step in ("", "/edit", "/criteria", "/preview"):
        assert _statements(client, f"/postings/{posting}{step}") <= 12, step


def test_the_list_counts_applications_in_progress_exactly_up_to_many(app, client, sign_in, recruiter, monkeypatch):
    posting, other = an_open_posting(by=recruiter), an_open_posting(by=recruiter)
    first = an_application(posting)
    for number in range(3):
        copied(first, number)
    decline_application(an_application(posting, name="Davi Moura", email="davi@example.test"), reason=DeclineReason.OTHER, by=recruiter)
    assert counts_by_posting([posting, other]) == {posting.id: 4}
    assert counts_by_posting([posting, other], most=2) == {posting.id: 3}
    sign_in(recruiter)
    assert re.findall(r'class="number">([^<]*)</td>', client.get("/postings").text) == ["0", "4"]
    monkeypatch.setattr("hiring.postings.views.MANY", 3)
    assert re.findall(r'class="number">([^<]*)</td>', client.get("/postings").text) == ["0", "over 3"]


def _statements(client, address):
    session.commit()
    seen = []

    def count(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)
