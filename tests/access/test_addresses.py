"""The walk of addresses of files and pages: each location of the gateway has its row, and no program hands out files
by their names.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from fitintel.access.policy import policy
from fitintel.workbench.serving.gateway import pages

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "deploy" / "nginx" / "gateway.conf.j2"
CLOSED, MOVED, WITHIN = "closed", "moved", "within"
ASKED, PROGRAM, RELEASE = "asked at the gate", "asks itself", "the same for everybody"
LOCATIONS = {
    "/api/ { return 403; }": CLOSED, "/ { return 308": MOVED, "= / { return 302": MOVED, "/ { return 404; }": CLOSED,
    "@too_many": WITHIN, "/auth/ ": PROGRAM, "/auth/check/ ": CLOSED, "/api/ ": PROGRAM,
    "~ ^/api/v1/athletes/[^/]+/imports$": PROGRAM, "= /_check/{{ page.name }} ": WITHIN,
    "= /{{ page.name }} ": MOVED, "/{{ page.name }}/ ": ASKED, "/{{ page.name }}/{{ path }} { return": CLOSED,
    "/{{ page.name }}/{{ path }} ": RELEASE, "@log_in": WITHIN,
}  # fmt: skip
"""how a location begins -> who answers there; the first that fits counts"""
SIGNS = {
    CLOSED: "return 40", MOVED: "return 30", ASKED: "checked(page.name)", PROGRAM: 'passed_on("api")',
    RELEASE: 'Cookie ""',
}  # fmt: skip
"""who answers -> what then stands in the location"""
OF_RELEASE = {"app": {"static/"}, "coach": {"voila/templates/", "voila/static/"}}
"""page -> folders whose files are the same for everybody: programs and styles that come with their packages"""
HANDS_OUT = {"rights.py": "StreamingResponse"}
"""file of a front end -> what it hands out bytes with: the archive, whose route has its row in test_surfaces.py"""
FILES = ("FileResponse", "StaticFiles", "StreamingResponse", "send_file", "StaticFileHandler")


def test_every_location_of_the_gateway_has_its_row_and_does_what_it_says() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    found = re.split(r"^        location ", text, flags=re.M)[1:]
    used = set()
    for block in found:
        row = next((begins for begins in LOCATIONS if block.startswith(begins)), None)
        assert row is not None, f"say in LOCATIONS who answers at {block.splitlines()[0]!r}"
        used.add(row)
        answers = LOCATIONS[row]
        assert SIGNS.get(answers, "") in block, block
        assert answers is not WITHIN or "internal;" in block or row == "@log_in", block
    assert used == set(LOCATIONS)


def test_the_gateway_itself_hands_out_no_file() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(root|alias|autoindex|try_files|dav_methods)\b|X-Accel", text, flags=re.M)


def test_every_page_is_a_row_of_the_policy_and_opens_only_what_the_release_brings() -> None:
    found = {page.name: set(page.open) for page in pages()}
    assert set(found) == set(policy().surfaces)
    assert {name: paths for name, paths in found.items() if paths} == OF_RELEASE


def test_no_front_end_hands_out_files_but_by_a_verb() -> None:
    found = set()
    for folder in ("fitintel/api", "fitintel/board", "streamlit_app"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in FILES:
                    found.add((path.name, name))
    assert found == set(HANDS_OUT.items())
