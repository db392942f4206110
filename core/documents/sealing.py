"""Sealing documents with the company's own key, so that a change of a single byte shows in any PDF reader (PAdES B-B)."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from flask import current_app
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from sqlalchemy import select

from core.clock import now
from core.db import insert_into, session
from core.documents.models import SealCertificate
from core.people.queries import find_company
from core.settings import Settings

LIFETIME = timedelta(days=3652)
FIELD = "Seal"
KEY_FILE = "seal.p12"


def seal_pdf(content: bytes) -> bytes:
    """The document with an invisible seal added after its end; what was there before stays as it was, byte for byte."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=_organisation(),
        use_pades_lta=False,
    )
    field = SigFieldSpec(sig_field_name=FIELD, readable_field_name="Seal")
    with ThreadPoolExecutor(max_workers=1) as apart:  # pyHanko runs an event loop of its own, which a thread that has one refuses
        signer = _signer()
        sealed = apart.submit(sign_pdf, writer, metadata, signer=signer, new_field_spec=field).result()
    _remember(signer)
    return bytes(sealed.getvalue())


def own_certificates() -> set[str]:
    """The SHA-256 of every certificate documents were sealed with, and of the one they would be sealed with now."""
    used = set(session.scalars(select(SealCertificate.sha256)))
    return used | {_fingerprint(_signer())} if (_settings().instance / KEY_FILE).exists() else used


def seal_fingerprint() -> str:
    """The SHA-256 of the certificate documents are sealed with now, in hexadecimal digits."""
    return _fingerprint(_signer())


def _remember(signer: SimpleSigner) -> None:
    values = {"sha256": _fingerprint(signer), "first_used_at": now()}
    session.execute(insert_into(SealCertificate).values(values).on_conflict_do_nothing(index_elements=["sha256"]))


def _fingerprint(signer: SimpleSigner) -> str:
    assert signer.signing_cert is not None
    return hashlib.sha256(signer.signing_cert.dump()).hexdigest()


def _signer() -> SimpleSigner:
    signer: SimpleSigner | None = SimpleSigner.load_pkcs12(pfx_file=str(_key_file()))  # type: ignore[no-untyped-call]
    if signer is None:
        raise RuntimeError("the seal's key file cannot be read")
    return signer


def _organisation() -> str:
    company = find_company()
    return "Trilha" if company is None else company.name


def _key_file() -> Path:
    """The key and its self-signed certificate; made at the first use, readable by this user only."""
    path = _settings().instance / KEY_FILE
    if not path.exists():
        made = path.with_suffix(f".{os.getpid()}.new")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_new_key(_organisation()))
        try:
            os.link(made, path)  # another process may have been quicker: then its key is the one
        except FileExistsError:
            pass
        finally:
            os.unlink(made)
    return path


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _new_key(organisation: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "Trilha seal"),
        ]
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(minutes=5))
        .not_valid_after(now() + LIFETIME)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, serialization.NoEncryption())
