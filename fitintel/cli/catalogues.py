"""`python -m fitintel.cli.catalogues`: gather the messages of the sources into the catalogues; `--check` compares.

A translation stays with its message as long as the message stands in the sources; a new message has none, and --check
names it. Nothing is guessed from a similar message.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.rules import RULES
from fitintel.views.language import CATALOGUES, DOMAIN, LANGUAGES, SOURCE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Key = str | tuple[str, str]
ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": 1, "marked": 1, "chosen": 2, "counted": 2}
"""function -> how many of its first arguments are messages"""
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


def messages() -> dict[Key, set[str]]:
    """Message, or (singular, plural) -> the files in which it stands."""
    found: dict[Key, set[str]] = {}
    for folder in WHERE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".j2"):
                for key in in_python(path.read_text("utf-8")) if path.suffix == ".py" else in_template(path):
                    found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for rule in RULES.values():
        for text in (rule.says, rule.todo):
            found.setdefault(text, set()).add("fitintel/core/rules.py")
    singular = {key[0]: key for key in found if isinstance(key, tuple)}
    for text in [key for key in found if isinstance(key, str) and key in singular]:
        found[singular[text]] |= found.pop(text)
    return found


def in_python(source: str) -> Iterator[Key]:
    """The messages of Python code: those that are written as they are, not what a name stands for.

    >>> list(in_python('_(A["b"]) + _("two " "parts") + counted("{n} day", "{n} days", n)'))
    [('{n} day', '{n} days'), 'two parts']
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in KEYWORDS:
            continue
        given = [each.value if isinstance(each, ast.Constant) else None for each in node.args[: KEYWORDS[node.func.id]]]
        if all(isinstance(text, str) for text in given) and given:
            yield str(given[0]) if len(given) == 1 else (str(given[0]), str(given[1]))


def in_template(path: Path) -> Iterator[Key]:
    """The messages of a template."""
    from babel.messages.extract import extract

    keywords: dict[str, Any] = {name: (1, 2) if n == 2 else None for name, n in KEYWORDS.items()}
    with path.open("rb") as file:
        for found in extract("jinja2.ext:babel_extract", file, keywords, options={"silent": "false"}):
            yield found[1] if isinstance(found[1], str) else (found[1][0], found[1][1])


def updated(language: str, old: str, found: dict[Key, set[str]]) -> Catalog:
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
