"""The language of what people read: messages are English in the source and looked up in the reader's catalogue.

`speaking` holds the language for everything that is worded inside it; a thread or task started there keeps it. English
is the source, needs no catalogue and imports nothing. The other catalogues are `catalogues/<language>/LC_MESSAGES/
fitintel.po`, read once a process when the first message is asked for. A message is a whole sentence with named fields,
filled after it is translated: `_("Data to {day}", day=...)`. Never an f-string: its text is not the same twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core.errors import UnknownName

if TYPE_CHECKING:
    from gettext import GNUTranslations

SOURCE = "en"
LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""code -> the language's own name"""
CATALOGUES = Path(__file__).parent / "catalogues"
DOMAIN = "fitintel"

_spoken: ContextVar[str] = ContextVar("language", default=SOURCE)


def known(language: str) -> str:
    """The code of a language, whatever its case and region; raises UnknownName.

    >>> known("de"), known("FR-ca"), known("es_ES")
    ('de', 'fr', 'es')
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    return code


def spoken() -> str:
    """The code of the language in which words are made now."""
    return _spoken.get()


def speak(language: str) -> str:
    """From here on words are in `language`, to the end of the `speaking` around it; raises UnknownName.

    >>> with speaking(None):
    ...     speak("fr"), spoken()
    ('fr', 'fr')
    >>> spoken()
    'en'
    """
    _spoken.set(known(language))
    return spoken()


@contextmanager
def speaking(language: str | None) -> Iterator[str]:
    """Words made inside are in `language` (none: in the one that is spoken already); raises UnknownName.

    >>> with speaking("de"):
    ...     spoken()
    'de'
    >>> spoken()
    'en'
    """
    before = _spoken.set(known(language) if language else _spoken.get())
    try:
        yield _spoken.get()
    finally:
        _spoken.reset(before)


def _(message: str, /, **fields: object) -> str:
    """The message in the language that is spoken, its fields filled; the English text where there is none.

    >>> _("Data to {day}", day="Monday")
    'Data to Monday'
    """
    language = _spoken.get()
    said = message if language == SOURCE else catalogue(language).gettext(message)
    return said.format(**fields) if fields else said


def marked(message: str) -> str:
    """The message as it is, noted for the catalogues: what is translated later, where it is used."""
    return message


def chosen(singular: str, plural: str, n: float, /, **fields: object) -> str:
    """The form that goes with `n`, its fields filled; `n` itself is no field of it."""
    language = _spoken.get()
    if language == SOURCE:
        said = singular if n == 1 else plural
    else:
        said = catalogue(language).ngettext(singular, plural, _whole(n, language))
    return said.format(**fields) if fields else said


def _whole(n: float, language: str) -> int:
    """A number of the same form: languages differ in how 1.5 is counted."""
    if float(n).is_integer():
        return abs(int(n))
    from babel import Locale

    return 1 if Locale(language).plural_form(abs(n)) == "one" else 2


def counted(singular: str, plural: str, n: int, /, **fields: object) -> str:
    """A number of things; the field `n` is written as the language writes numbers.

    >>> counted("{n} day", "{n} days", 1), counted("{n} day", "{n} days", 2774)
    ('1 day', '2,774 days')
    """
    from fitintel.views.numbers import plain

    return chosen(singular, plural, n, n=plain(n), **fields)


@cache
def catalogue(language: str) -> GNUTranslations:
    """The translations of a language other than English."""
    import io
    from gettext import GNUTranslations

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        read = read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)
    packed = io.BytesIO()
    write_mo(packed, read)
    packed.seek(0)
    return GNUTranslations(packed)
