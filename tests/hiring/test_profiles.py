"""What a job role asks for is kept once, and postings for it begin with it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.db import session
from core.errors import Invalid
from core.people.models import JobRole
from core.people.rights import Role
from hiring.offers.actions import save_template
from hiring.postings.models import Criterion, CriterionKind, Posting, Question, QuestionKind
from hiring.profiles.actions import ProfileText, write_profile
from hiring.profiles.models import ProfileCriterion, RoleProfile
from hiring.profiles.queries import get_profile, letter_for, profiles
from tests.hiring.pages_costs import statements
from tests.hiring.test_postings import what_was_written
from tests.situations import a_colleague, a_draft_posting


def test_a_posting_becomes_a_profile_from_which_the_next_posting_begins(client, sign_in):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    letter = save_template(None, name="Carta de gerentes", language="pt_BR", body="Prezada {{candidate_name}}", by=recruiter)
    with pytest.raises(Invalid, match="has this name already"):
        save_template(None, name=letter.name, language="en", body="Dear {{candidate_name}}", by=recruiter)
    letter_id, posting = letter.public_id, a_draft_posting(by=recruiter)
    manager, place, role = posting.hiring_manager.public_id, posting.location.public_id, posting.job_role.public_id
    department, role_name = posting.department.public_id, posting.job_role.name
    sign_in(recruiter)
    kept = client.post(f"/postings/{posting.public_id}/role-profile")
    assert kept.status_code == 302
    shown = client.get(kept.location).text
    assert "Três anos com clientes PJ" in shown and "Por que a nossa missão?" in shown and "Required training" in shown
    assert role_name in client.get("/role-profiles").text

    written = what_was_written(client.get(f"{kept.location}/edit").text)
    assert written["criteria-0-text"] == "Três anos com clientes PJ" and written["questions-0-accepted"] == "yes"
    fields = {name: value for name, value in written.items() if not name.endswith(("must_have", "required", "is_mission"))}
    changed = {
        **fields, "criteria-0-must_have": "y", "criteria-1-text": " CPA-20 ", "criteria-1-kind": "certification", "criteria-1-weight": "4",
        "questions-1-text": "", "letter": str(letter_id), "salary_from": "10.000", "summary": "Do perfil.",
    }  # fmt: skip
    refused = client.post(f"{kept.location}/edit", data={**changed, "salary_to": "9", "criteria-1-weight": "9"})
    assert refused.status_code == 422 and "Do perfil." in refused.text
    assert client.post(f"{kept.location}/edit", data={**changed, "questions-0-kind": "long"}).status_code == 422
    assert client.post(f"{kept.location}/edit", data=changed).status_code == 302
    assert client.post(f"{kept.location}/edit", data=changed).status_code == 409
    profile = session.scalars(select(RoleProfile)).one()
    session.expire_all()
    profile = get_profile(profile.public_id)
    assert [(row.text, row.must_have, row.weight) for row in profile.criteria] == [("Três anos com clientes PJ", True, 5), ("CPA-20", False, 4)]
    assert [(row.kind, row.knock_out, row.accepted) for row in profile.questions] == [(QuestionKind.YES_NO, True, "yes")]
    assert letter_for(session.scalars(select(Posting)).one()).public_id == letter_id

    address = f"/postings/new?profile={profile.public_id}"
    page = client.get(address).text
    assert "2 criteria and 1 questions come along" in page
    fields = what_was_written(page)
    assert (fields["summary"], fields["salary_from"], fields["job_role"]) == ("Do perfil.", "10000", str(role))
    fields |= {"department": department, "location": place, "hiring_manager": manager, "closes_on": (today() + timedelta(days=9)).isoformat()}
    assert client.post(address, data=fields).status_code == 302
    new = session.scalars(select(Posting).order_by(Posting.id.desc())).first()
    found = session.scalars(select(Criterion).where(Criterion.posting_id == new.id).order_by(Criterion.position)).all()
    assert {row.text: row.kind for row in found} == {"Três anos com clientes PJ": CriterionKind.EXPERIENCE, "CPA-20": CriterionKind.CERTIFICATION}
    assert session.scalars(select(Question.accepted).where(Question.posting_id == new.id)).all() == ["yes"]

    assert client.post(f"/role-profiles/{profile.public_id}/remove").status_code == 302
    assert session.scalar(select(func.count()).select_from(ProfileCriterion)) == 0
    assert session.scalar(select(func.count()).select_from(Criterion).where(Criterion.posting_id == new.id)) == 2
    assert client.get(kept.location).status_code == 404
    sign_in(a_colleague("Marta Manager", Role.MANAGER))
    assert client.get("/role-profiles").status_code == 200
    assert client.get("/role-profiles/new").status_code == 403


def test_a_role_has_one_profile_a_language_and_the_list_costs_the_same_for_many(client, sign_in):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    a_draft_posting(by=recruiter)
    role = session.scalars(select(JobRole)).one()
    sign_in(recruiter)
    fields = what_was_written(client.get("/role-profiles/new").text) | {"job_role": role.public_id, "title": "Gerente", "language": "en"}
    fields |= {"workplace": "hybrid", "employment_type": "full_time", "salary_period": "month"}
    fields = {name: value for name, value in fields.items() if not name.endswith(("must_have", "required", "is_mission"))}
    assert client.post("/role-profiles/new", data=fields).status_code == 302
    again = client.post("/role-profiles/new", data=fields)
    assert again.status_code == 422 and "This role has a profile in this language already." in again.text
    _more_roles(2)
    costs = [statements(client, address) for address in ("/role-profiles", "/postings/new")]
    _more_roles(10)
    assert [statements(client, address) for address in ("/role-profiles", "/postings/new")] == costs
    one = profiles()[0].public_id
    for address in (f"/role-profiles/{one}", f"/role-profiles/{one}/edit", f"/postings/new?profile={one}"):
        assert statements(client, address) <= 12, address
    assert max(costs) <= 12


def _more_roles(number):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    for at in range(number):
        role = JobRole(name=f"Role {number}.{at}")
        session.add(role)
        session.flush()
        write_profile(ProfileText(job_role=role, title="T"), by=recruiter)
