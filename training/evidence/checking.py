"""How to check a pack without Trilha: commands of tools anybody has, exactly as the pack prints them. Pure."""

from dataclasses import dataclass
from typing import Any

from core.web.i18n import _

AUDIT_CHECK = """python3 - <<'END'
import hashlib, json
chain = dict(line.split() for line in open("chain.txt"))
for line in open("audit.jsonl", encoding="utf-8"):
    event = json.loads(line)
    own, before = event.pop("hash"), event.pop("previous_hash")
    plain = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    computed = hashlib.sha256((before + "\\n" + plain).encode()).hexdigest()
    assert computed == own == chain[str(event["id"])], event["id"]
    assert before == chain.get(str(event["id"] - 1), before), event["id"]
print("The audit excerpt stands.")
END"""
REPORT_CHECK = """python3 - <<'END'
import hashlib, json
def line(told):
    return json.dumps(told, separators=(",", ":"), sort_keys=True) + "\\n"
pack = json.load(open("evidence.json", encoding="utf-8"))
days = ["since", "due_on", "completed_on", "valid_until", "exempt_until"]
lines = sorted(
    line([person["person"], one["rule_id"], one["revision"], one["state"], *[one[day] for day in days]])
    for person in pack["people"] if person["judged_on"] == pack["as_of"]
    for one in person["requirements"])
print(hashlib.sha256("".join([line(pack["asked"]), *lines]).encode()).hexdigest())
END"""


@dataclass(frozen=True)
class Step:
    """One thing to check: what it shows, the command, and what it must print among other things."""

    title: Any
    command: str
    expected: str
    told: Any = ""


def steps(file: str, *, report_hash: str, certificate: str) -> list[Step]:
    """The steps, in order, for a pack saved as `file`, sealed under the certificate with this SHA-256."""
    return [
        Step(_("The file is whole"), f"qpdf --check {file}", "No syntax or stream encoding errors found"),
        Step(
            _("Nothing was changed since it was sealed"),
            f"pdfsig -nocert {file}",
            "Signature is Valid",
            _("It must also say “Total document signed”."),
        ),
        Step(
            _("The seal is the company's own"),
            f"pdfsig -nocert -dump {file} > pdfsig.txt\n"
            f"openssl pkcs7 -inform DER -in {file}.sig0 -print_certs | openssl x509 -noout -fingerprint -sha256",
            ":".join(certificate.upper()[start : start + 2] for start in range(0, len(certificate), 2)),
            _("Ask the company for this fingerprint on another way than this file."),
        ),
        Step(_("Take out what is attached"), f"pdfdetach -saveall {file}\nls", "evidence.json"),
        Step(
            _("What is attached is what was sealed"),
            "sha256sum -c SHA256SUMS",
            "evidence.json: OK",
            _("The same hashes are printed in this document."),
        ),
        Step(
            _("The events of the audit trail are as they were written, each in its place"),
            AUDIT_CHECK,
            "The audit excerpt stands.",
            _("Each event's hash covers the one before it. Compare hashes in chain.txt with any other pack, or with an export of the trail."),
        ),
        Step(_("The report's hash follows from what is listed"), REPORT_CHECK, report_hash),
    ]
