"""The gateway: nginx before everything, written from one template (deploy/nginx) and started without privileges."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from fitintel.core.errors import ServiceMissing, UsageError
from fitintel.workbench.serving import HOST, PORTS, from_checkout

TEMPLATE = "gateway.conf.j2"
CONFIGURATION = "nginx.conf"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
BASE = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
STYLED = "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Page:
    """A front end behind the gate."""

    name: str
    """of it, of its address, and in access/policy.yaml"""
    policy: str
    """Content-Security-Policy"""
    upload: str = "1m"
    open: tuple[str, ...] = ()
    """paths whose files are the same for everybody"""
    closed: tuple[str, ...] = ()
    """paths that nobody needs from outside"""
    buffered: bool = True
    """False: what is painted is sent on as it comes"""
    program: bool = False
    """what is sent there are programs"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may do, as nginx writes it."""

    forms: str = "30r/m"
    pages: str = "100r/s"
    api: str = "50r/s"
    burst: int = 400
    connections: int = 200
    upload: str = "512m"


@dataclass(frozen=True, slots=True)
class Gateway:
    """What the configuration is written from."""

    folder: Path
    """of the configuration, logs and what is on its way"""
    name: str
    """host as browsers know it"""
    certificate: Path
    key: Path
    upstreams: Mapping[str, Sequence[str]] = field(default_factory=lambda: {
        name: (f"{HOST}:{port}",) for name, port in PORTS.items()})  # fmt: skip
    """front end -> where it listens, `host:port` or `unix:/path`; several are told apart by the log-in"""
    https_port: int = 443
    http_port: int = 80
    address: str = "0.0.0.0"
    workers: str = "auto"
    limits: Limits = field(default_factory=Limits)
    waf: Path | None = None
    """rules of ModSecurity; None: without"""
    modules: tuple[Path, ...] = ()
    """modules that nginx loads, as that of ModSecurity"""

    @property
    def origin(self) -> str:
        """Address of the gate, as browsers write it."""
        return f"https://{self.name}" + ("" if self.https_port == 443 else f":{self.https_port}")


def pages() -> tuple[Page, ...]:
    """The front ends behind the gate. What each page loads is its own, and nothing comes from another host."""
    return (
        Page("app", f"{BASE}{STYLED}script-src 'self'{_inline_scripts()} 'wasm-unsafe-eval'; worker-src 'self' blob:",
             upload="200m", open=("static/",), closed=("_stcore/metrics", "_stcore/agent")),
        Page("coach", f"{BASE}{STYLED}script-src 'self'", buffered=False,
             open=("voila/templates/", "voila/static/"), closed=("voila/query/",)),
        # it runs programs that its reader writes: what its page may do adds nothing to that
        Page("lab", f"{BASE}{STYLED}script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:",
             upload="64m", program=True),
        Page("mlflow", f"{BASE}{STYLED}script-src 'self' 'unsafe-inline' 'unsafe-eval'; worker-src 'self' blob:",
             upload="64m", program=True),
    )  # fmt: skip


def write(gateway: Gateway) -> Path:
    """Write nginx's configuration into the folder; its path. Raises UsageError for what cannot be served safely."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    if not NAME.fullmatch(gateway.name):
        raise UsageError(f"{gateway.name!r} is no name of a host", next="write it as browsers do, without https://")
    for file in (gateway.certificate, gateway.key):
        if not file.is_file():
            raise UsageError("A file of the certificate is not there", where=str(file))
    if gateway.key.stat().st_mode & 0o077:
        raise UsageError("Others may read the key of the certificate", where=str(gateway.key),
                         next=f"chmod 600 {gateway.key}")  # fmt: skip
    folder = gateway.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    template = Environment(
        loader=FileSystemLoader(from_checkout("deploy", "nginx")), undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, autoescape=False,
    ).get_template(TEMPLATE)  # fmt: skip
    shown = [page for page in pages() if page.name in gateway.upstreams]
    text = template.render(
        folder=folder, name=gateway.name, origin=gateway.origin, certificate=gateway.certificate.resolve(),
        key=gateway.key.resolve(), address=gateway.address, https_port=gateway.https_port, http_port=gateway.http_port,
        upstreams=gateway.upstreams, sticky=[page.name for page in shown], pages=shown, workers=gateway.workers,
        limits=gateway.limits, permissions=PERMISSIONS, waf=gateway.waf, modules=gateway.modules,
    )  # fmt: skip
    path = folder / CONFIGURATION
    path.write_text(text, encoding="utf-8")
    return path


def command(configuration: Path) -> list[str]:
    """The command line that runs it in the foreground; raises ServiceMissing where nginx is not here."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise ServiceMissing("nginx is not installed", next="apt-get install nginx-light")
    folder = configuration.parent
    return [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration), "-g", "daemon off;"]


def self_signed(folder: Path, name: str, days: int = 90) -> tuple[Path, Path]:
    """A certificate for trying it, and its key; those that are there stay. Browsers warn of it."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    certificate, key_file = folder / "gate.crt", folder / "gate.key"
    if certificate.is_file() and key_file.is_file():
        return certificate, key_file
    folder.mkdir(parents=True, exist_ok=True)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    key_file.touch(mode=0o600)
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))  # fmt: skip
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return certificate, key_file


def _inline_scripts() -> str:
    """Hashes of the scripts inside Streamlit's page: they may run, and no other that stands in a page."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        return ""
    page = Path(spec.origin).with_name("static").joinpath("index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return "".join(f" 'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
