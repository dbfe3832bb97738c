"""The pages of the gate, painted: log in, what one may open, and what keeps one out. They need no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.views import theme
from fitintel.views.language import _, marked, spoken
from fitintel.views.templates import environment

PAGES = {
    "app": (marked("My training"), marked("Today, workouts, plans, and who sees what")),
    "coach": (marked("Squad"), marked("Who needs a look, athlete by athlete")),
    "lab": (marked("Notebooks"), marked("JupyterLab on pseudonymised data")),
    "mlflow": (marked("Experiments"), marked("Algorithms, versions and their figures")),
}
"""front end -> its name and what it is for"""


@dataclass(frozen=True, slots=True)
class Form:
    """What every form of the gate carries."""

    token: str
    """proves that the form is this page's"""
    to: str
    """path that is opened afterwards"""


@dataclass(frozen=True, slots=True)
class Refused:
    """What went wrong, in words."""

    what: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who has logged in, and what they may open."""

    account: str
    roles: Sequence[str]
    strong: bool
    pages: Sequence[str]
    """front ends that let them in"""
    log_ins: int
    """that have not ended, this one among them"""


def wrong() -> Refused:
    """The same whatever was wrong."""
    return Refused(_("Name, password or code is wrong."), _("An administrator can set a new password."))


def too_many() -> Refused:
    """Of somebody who has tried too often."""
    return Refused(_("There were too many attempts."), _("Wait, and try again later."))


def not_open() -> Refused:
    """Of a page that does not let somebody in."""
    return Refused(_("This page is not open to you."), _("If it should be, ask an administrator."))


def not_vouched_for() -> Refused:
    """Of somebody whom no organisation vouches for."""
    return Refused(_("You could not be logged in."),
                   _("Try again. If it happens again, an administrator has to link your account."))  # fmt: skip


def organisation_away() -> Refused:
    """Of an organisation that does not answer."""
    return Refused(_("The organisation cannot be reached."), _("Log in with your password, or try again later."))


def log_in_html(form: Form, *, name: str = "", refused: Refused | None = None, organisation: str = "") -> str:
    """The page on which one logs in; `organisation` is the name of one that vouches for people."""
    return _page("log_in", _("Log in"), form=form, name=name, refused=refused, organisation=organisation)


def seat_html(form: Form, seat: Seat) -> str:
    """The page of somebody who has logged in."""
    pages = [(page, _(PAGES[page][0]), _(PAGES[page][1])) for page in seat.pages if page in PAGES]
    return _page("seat", _("Welcome"), form=form, seat=seat, pages=pages)


def refused_html(refused: Refused) -> str:
    """The page of somebody who is not let in."""
    return _page("refused", refused.what, refused=refused)


def style() -> str:
    """The style sheet of these pages."""
    return theme.css() + environment().get_template("gate/style.css.j2").render()


def _page(template: str, title: str, **fields: object) -> str:
    return environment().get_template(f"gate/{template}.html.j2").render(title=title, lang=spoken(), _=_, **fields)
