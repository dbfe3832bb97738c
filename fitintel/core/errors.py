"""The exceptions of fitintel, drawn once.

FitintelError                 what, where, why, next
├── UsageError                the call was wrong                          exit code 2
│   └── UnknownName           no such algorithm, athlete, sport, rule ... lists the known ones
├── DataError                 a file or value cannot be used              exit code 1
│   ├── UnknownFormat         no source recognises the file
│   ├── UnreadableFile        recognised, but broken as a whole
│   ├── AmbiguousFile         two readings are possible and a person must choose
│   ├── NotEnoughData         a figure was demanded that the data cannot carry
│   └── UnexpectedAnswer      a service's answer is not what its documentation says
├── NotFound                  a record that should exist does not
├── NotAllowed                the actor may not do this
│   ├── ForgedEvent           a message does not prove that the service it names has sent it
│   └── LogInRefused          who asks has not shown who they are, or no longer has
│       ├── TooManyAttempts   and may try again later
│       └── ForeignIdentity   they show what was made for another front end, page or log-in
├── StorageError              the database or file store failed
│   ├── SealBroken            a sealed value was changed, moved, or sealed with another key
│   ├── KeyRetired            the key was replaced; what follows is signed with another
│   ├── StorageUnavailable    it cannot be reached; nothing was changed
│   └── SchemaMismatch        it was written by another version
├── UpstreamError             a connected service failed or answered nonsense; it will be asked again
│   ├── AskedToWait           it has had enough requests for now; says until when
│   ├── AccessLost            it no longer accepts the account's permission; a person must connect again
│   ├── UnsafeAddress         it points to an address where fitintel does not go
│   └── AnswerTooLarge        its answer is over the limit
├── ArtifactRefused           a stored model is not what was signed, or older than the version in use
├── ReplayMismatch            a replayed run gave another answer
├── VersionFailed             a version of an algorithm cannot compute what the one in use computes
├── NotebookFailed            a notebook raised while it was executed
└── ServiceMissing            an optional package or program is not installed

Data problems of single rows are not exceptions: they are collected as `Problem` records and reported together.
"""

from __future__ import annotations

from collections.abc import Iterable


class FitintelError(Exception):
    """An error a person can act on: what happened, where, why, and what to do next."""

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, why: str | None = None, next: str | None = None) -> None:
        # names and cells of files may hold what is no text, which could be neither kept nor printed
        what = what.encode("utf-8", "backslashreplace").decode()
        where, why, next = (text and text.encode("utf-8", "backslashreplace").decode() for text in (where, why, next))
        super().__init__(what)
        self.what, self.where, self.why, self.next = what, where, why, next

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}.")
        if self.why:
            parts.append(f"Why: {self.why}.")
        if self.next:
            parts.append(f"Next: {self.next}.")
        return " ".join(part if part.endswith((".", "?", "!")) else part + "." for part in parts)


class UsageError(FitintelError, ValueError):
    """The call itself was wrong; a ValueError to Python."""

    exit_code = 2


class UnknownName(UsageError):
    """A name that is not in a closed list; carries the list and the nearest known names."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, next: str | None = None) -> None:
        import difflib

        self.kind, self.name, self.known = kind, name, tuple(sorted(known))
        near = difflib.get_close_matches(name, self.known, n=3)
        shown = near or self.known[:12]
        hint = "did you mean " if near else "known: "
        super().__init__(
            f"There is no {kind} named {name!r}",
            why=f"{hint}{', '.join(shown) or 'none yet'}",
            next=next,
        )


class DataError(FitintelError, ValueError):
    """A file or value cannot be used; `rule` names the rule of core/rules.py under which the ledger keeps it."""

    rule = "file_unreadable"

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        why: str | None = None,
        next: str | None = None,
        rule: str | None = None,
    ) -> None:
        super().__init__(what, where=where, why=why, next=next)
        self.rule = rule or type(self).rule


class UnknownFormat(DataError):
    """No source recognises the file."""

    rule = "file_unknown"


class UnreadableFile(DataError):
    """The format is recognised but the file as a whole is broken."""


class AmbiguousFile(DataError):
    """Two readings of the file are possible and guessing would be wrong."""

    exit_code = 2
    rule = "file_ambiguous"


class NotEnoughData(DataError):
    """A figure was demanded that the data cannot carry."""


class UnexpectedAnswer(DataError):
    """A service's answer is not what its documentation says; `where` is the path in its JSON."""

    rule = "answer_unexpected"


class NotFound(FitintelError):
    """A record that should exist does not."""


class NotAllowed(FitintelError):
    """The actor may not do this."""


class ForgedEvent(NotAllowed):
    """A message does not prove that the service it names has sent it, or is too old to be believed."""


class LogInRefused(NotAllowed):
    """Who asks has not shown who they are, or their log-in is over; the same words whatever was wrong."""


class TooManyAttempts(LogInRefused):
    """They have tried too often."""


class ForeignIdentity(LogInRefused):
    """What they show was made for another front end, another page, or another log-in."""


class StorageError(FitintelError):
    """The database or the file store failed."""


class SealBroken(StorageError):
    """A sealed value was changed, moved to another place, or sealed with another key."""


class KeyRetired(StorageError):
    """The key that signs the audit chain was replaced; `successor` is the name of the one that signs now."""

    def __init__(self, retired: str, successor: str) -> None:
        self.successor = successor
        super().__init__(
            f"The key {retired} signs the audit chain no longer", why=f"it was replaced by the key {successor}",
            next="take the new key: set FITINTEL_AUDIT_KEY_FILE to its file in audit-keys of the workspace",
        )  # fmt: skip


class StorageUnavailable(StorageError):
    """The database or file store cannot be reached; nothing was changed."""


class SchemaMismatch(StorageError):
    """The database was written by another version of fitintel."""


class ArtifactRefused(FitintelError):
    """A stored model is not what was signed (E_TAMPERED), or older than the version in use (E_ROLLBACK)."""

    def __init__(self, what: str, *, code: str, where: str, why: str, next: str) -> None:
        super().__init__(f"{what} ({code})", where=where, why=why, next=next)
        self.code = code


class UpstreamError(FitintelError):
    """A connected service failed or answered nonsense; it will be asked again."""


class AskedToWait(UpstreamError):
    """The service has had enough requests for now; `until` is in s since 1970-01-01 UTC."""

    def __init__(self, what: str, *, until: float, where: str | None = None, next: str | None = None) -> None:
        from datetime import UTC, datetime

        self.until = until
        said = datetime.fromtimestamp(until, UTC).isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
        super().__init__(what, where=where, why=f"it may be asked again from {said} UTC", next=next)


class AccessLost(UpstreamError):
    """The service no longer accepts the account's permission; a person must connect again."""


class UnsafeAddress(UpstreamError):
    """The service points to an address where fitintel does not go."""


class AnswerTooLarge(UpstreamError):
    """The service's answer is over the limit; it was not read to its end."""


class ReplayMismatch(FitintelError):
    """A replayed run gave another answer than the stored one."""


class VersionFailed(FitintelError):
    """A version of an algorithm cannot compute what the one in use computes."""


class NotebookFailed(FitintelError):
    """A notebook raised while it was executed."""


class ServiceMissing(FitintelError):
    """An optional package or program that this needs is not installed."""
