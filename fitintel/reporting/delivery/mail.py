"""A brief by e-mail: the text, with the page attached.

The Message-ID is made of the delivery's id. A crash between the server's answer and our note of it sends the mail a
second time under the same Message-ID, which mail programs show once; a mail is never lost.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from fitintel.core.errors import UpstreamError, UsageError
from fitintel.reporting.delivery.parcel import Parcel

SECONDS = 30.0
"""for each answer of the server"""
PORTS = {"smtp": 587, "smtps": 465}
ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")
"""One plain address; names and lists of addresses are not taken, so that nothing can be added to a header."""


def address(text: str) -> str:
    """An e-mail address as it is written in a header; raises UsageError.

    >>> address(" anna@example.org ")
    'anna@example.org'
    """
    found = text.strip()
    if not ADDRESS.fullmatch(found) or not found.isascii() or parseaddr(found)[1] != found:
        raise UsageError(f"{text!r} is no e-mail address", next="write it as anna@example.org")
    return found


def send_mail(server: str | None, sender: str | None, to: str, parcel: Parcel) -> None:
    """Send a parcel through `server` (smtp:// or smtps://, user and password in it where it wants them).

    With smtp:// the connection is encrypted before anything is said, unless the server is this machine. Raises
    UsageError for missing settings and UpstreamError when the server does not take the mail.
    """
    if not server or not sender:
        raise UsageError("No mail can be sent", why="the mail server or the sender is not set",
                         next="set FITINTEL_SMTP_URL and FITINTEL_MAIL_FROM")  # fmt: skip
    url = urlsplit(server)
    if url.scheme not in PORTS or not url.hostname:
        raise UsageError("FITINTEL_SMTP_URL is no address of a mail server", next="write smtp://host or smtps://host")
    message = _message(address(sender), address(to), parcel)
    port = url.port or PORTS[url.scheme]
    try:
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(url.hostname, port, timeout=SECONDS, context=context)
            if url.scheme == "smtps"
            else smtplib.SMTP(url.hostname, port, timeout=SECONDS)
        ) as link:
            if url.scheme == "smtp" and url.hostname not in ("localhost", "127.0.0.1", "::1"):
                link.starttls(context=context)
            if url.username:
                link.login(unquote(url.username), unquote(url.password or ""))
            link.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # the words of the server may hold the address it refused, never the password
        raise UpstreamError("The mail server did not take the mail", where=f"{url.hostname}:{port}",
                            why=f"{type(error).__name__}: {error}",
                            next="it is tried again by the next fitintel nightly") from error  # fmt: skip


def _message(sender: str, to: str, parcel: Parcel) -> EmailMessage:
    message = EmailMessage()
    message["From"] = formataddr(("fitintel", sender))
    message["To"] = to
    message["Subject"] = " ".join(parcel.subject.split())
    message["Message-ID"] = f"<{parcel.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.text)
    message.add_attachment(parcel.html, maintype="text", subtype="html", filename="brief.html",
                           params={"charset": "utf-8"})  # fmt: skip
    return message
