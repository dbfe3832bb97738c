"""ModSecurity with the rules of OWASP: our settings before theirs, our exceptions after."""

from __future__ import annotations

import shutil
from pathlib import Path

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.production.places import Places
from fitintel.workbench.serving import from_checkout

RULES = Path("/usr/share/modsecurity-crs/rules")
SETUP = Path("/etc/modsecurity/crs/crs-setup.conf")
MODULE = Path("/usr/lib/nginx/modules/ngx_http_modsecurity_module.so")
MAPPING = Path("/etc/nginx/unicode.mapping")
OURS = ("engine.conf", "before.conf", "after.conf")
PACKAGES = "libnginx-mod-http-modsecurity modsecurity-crs"


def firewall(place: Places) -> tuple[Path, Path]:
    """(rules, nginx's module), the rules written into the gateway's folder; raises ServiceMissing."""
    for needed in (RULES, SETUP, MODULE, MAPPING):
        if not needed.exists():
            raise ServiceMissing("The web application firewall is not installed", where=str(needed),
                                 next=f"apt-get install {PACKAGES}, or leave it out with --no-waf")  # fmt: skip
    # beside the configuration: the gateway may be in a container that has nothing of ours
    for name in OURS:
        shutil.copyfile(from_checkout("deploy", "waf", name), place.gateway / name)
    engine, before, after = (place.gateway / name for name in OURS)
    path = place.gateway / "waf.conf"
    lines = [
        f"Include {engine}", f"SecUnicodeMapFile {MAPPING} 20127",
        f"SecAuditLog {place.gateway / 'waf.log'}", f"SecTmpDir {place.gateway}", f"SecDataDir {place.gateway}",
        f"Include {SETUP}", f"Include {before}", f"Include {RULES}/*.conf",
        f"Include {after}",
    ]  # fmt: skip
    path.write_text("\n".join((*lines, "")), encoding="utf-8")
    return path, MODULE
