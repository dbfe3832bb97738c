"""`python -m fitintel.cli.catalogues`: gather the messages of the sources into the catalogues; `--check` compares.

A translation stays with its message as long as the message stands in the sources; a new message has none, and --check
names it. Nothing is guessed from a similar message.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.rules import RULES
from fitintel.views.language import CATALOGUES, DOMAIN, LANGUAGES, SOURCE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, Any] = {"_": None, "marked": None, "chosen": (1, 2), "counted": (1, 2)}
"""function -> which of its arguments are messages"""
WHERE = ("fitintel/views", "fitintel/board", "streamlit_app")
HEADER = ("Project-Id-Version", "Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
"""headers that are kept; a date of the last extraction would change at every one"""


def main(arguments: list[str]) -> int:
    """Write, or with `--check` compare; 1 if a catalogue is stale or lacks a translation."""
    if arguments not in ([], ["--check"]):
        print("Usage: python -m fitintel.cli.catalogues [--check]", file=sys.stderr)
        return 2
    found = messages()
    wrong = 0
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        path = CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        old = path.read_text("utf-8") if path.exists() else ""
        made = updated(language, old, found)
        text = written(made)
        lacking = [one.id if isinstance(one.id, str) else one.id[0] for one in made if one.id and not complete(one)]
        wrong += len(lacking) + (text != old)
        if text != old and not arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        elif text != old:
            print(f"{path.name} of {language} is not what the sources say. Next: make catalogues", file=sys.stderr)
        print(f"{language}: {len(made)} messages, {len(lacking)} without a translation")
        for message in lacking:
            print(f"  {message}", file=sys.stderr)
    return 1 if wrong and arguments else 0


def messages() -> dict[str | tuple[str, str], set[str]]:
    """Message, or (singular, plural) -> the files in which it stands."""
    from babel.messages.extract import extract

    found: dict[str | tuple[str, str], set[str]] = {}
    for folder in WHERE:
        for path in sorted((ROOT / folder).rglob("*")):
            method = {".py": "python", ".j2": "jinja2.ext:babel_extract"}.get(path.suffix)
            if method is None or ("templates" in path.parts and path.suffix == ".py"):
                continue
            options = {"silent": "false", "keywords": "", "trimmed": "true"} if path.suffix == ".j2" else {}
            with path.open("rb") as file:
                for _line, message, _notes, _context in extract(method, file, KEYWORDS, options=options):
                    key = message if isinstance(message, str) else (message[0], message[1])
                    found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for rule in RULES.values():
        for text in (rule.says, rule.todo):
            found.setdefault(text, set()).add("fitintel/core/rules.py")
    singular = {key[0]: key for key in found if isinstance(key, tuple)}
    for text in [key for key in found if isinstance(key, str) and key in singular]:
        found[singular[text]] |= found.pop(text)
    return found


def updated(language: str, old: str, found: dict[str | tuple[str, str], set[str]]) -> Catalog:
    """The catalogue of exactly the messages in `found`, with the translations that `old` has of them."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    before = read_po(io.StringIO(old), locale=language, domain=DOMAIN)
    made = Catalog(locale=language, domain=DOMAIN, project="fitintel", version="", charset="utf-8", fuzzy=False)
    for key in sorted(found, key=lambda each: each if isinstance(each, str) else each[0]):
        known = before.get(key)
        string = known.string if known is not None and not known.fuzzy else ""
        several = isinstance(key, tuple)
        if several != isinstance(string, (tuple, list)):
            string = ("", "") if several else ""
        made.add(key, string, locations=[(name, 0) for name in sorted(found[key])])
    return made


def complete(message: Any) -> bool:
    """Whether every form of a message is translated."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string)
    return bool(forms) and all(forms)


def written(catalogue: Catalog) -> str:
    """The text of a catalogue: the same for the same messages, whenever it is made."""
    from babel.messages.pofile import write_po

    packed = io.BytesIO()
    write_po(packed, catalogue, width=120, include_lineno=False, sort_output=False)
    head, rest = packed.getvalue().decode().split("\n\n", 1)
    kept = [line for line in head.splitlines() if not line.startswith("#")
            and (not (name := re.match(r'"([\w-]+):', line)) or name[1] in HEADER)]  # fmt: skip
    return "\n".join(kept).replace("fitintel VERSION", "fitintel") + "\n\n" + rest.rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
