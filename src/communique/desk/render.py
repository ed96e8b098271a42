"""Templates to pages: one environment, everything escaped, and what stands around every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from communique import __version__
from communique.actors.display import name_of
from communique.desk.event_form import BASIS_WORDS, FIELD_NAMES, correction_words
from communique.desk.row_words import with_names
from communique.desk.standing_lines import words_told
from communique.desk.visitors import csrf_token, visitor_of
from communique.desk.visits import keep_visit
from communique.ontology.loader import ontology

THEME_COOKIE = "communique_theme"
NAVIGATION = (
    ("/", "Home"),
    ("/paste", "Read"),
    ("/reports", "Reports"),
    ("/events", "Events"),
    ("/standing", "Standing"),
    ("/network", "Network"),
    ("/outlook", "Outlook"),
    ("/dossiers", "Dossiers"),
)
QUAD_NAMES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The variables of error.html and error_part.html: what kind of error it is, and the words that tell it."""

    phrase: str
    message: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page: where one is, the casebook, the form secret, light or dark ("" : the system's)."""

    path: str
    query: str
    casebook: str
    csrf: str
    theme: str
    read_only: bool
    version: str = __version__
    navigation: tuple[tuple[str, str], ...] = field(default=NAVIGATION)

    def is_here(self, path: str) -> bool:
        """Tell whether a place of the navigation is, or holds, the page that is shown."""
        return self.path == path if path == "/" else self.path == path or self.path.startswith(path + "/")


def is_part(request: Request) -> bool:
    """Tell whether htmx asks for a part of a page, and not a browser for a whole one."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def render(
    request: Request, template: str, page: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Give a page from its template; the template sees `page`, a frozen record, and `chrome`."""
    words = environment().get_template(template).render(page=page, chrome=_chrome_of(request))
    answer = HTMLResponse(words, status_code=status, headers=dict(headers or {}))
    if not is_part(request) and status == 200:
        keep_visit(request, answer)
    return answer


def _chrome_of(request: Request) -> Chrome:
    desk = request.app.state.desk
    visitor = getattr(request.state, "visitor", None) or visitor_of(desk.settings, request.headers)
    theme = request.cookies.get(THEME_COOKIE, "")
    return Chrome(
        path=request.url.path,
        query=request.url.query,
        casebook=desk.casebook.path.name,
        csrf=csrf_token(desk.settings, visitor.session),
        theme=theme if theme in {"light", "dark"} else "",
        read_only=desk.settings.read_only,
    )


@cache
def environment() -> Environment:
    """Give the environment of the templates: strict, everything escaped, with the filters that they use."""
    made = Environment(
        loader=PackageLoader("communique.desk"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "actor": name_of, "actors": actors_named, "day": day, "moment": moment, "percent": percent, "path": path_part,
        "type_words": type_words, "correction": correction_words, "with_names": with_names,
    }  # fmt: skip
    made.tests |= {"web": is_web_address}
    made.globals |= {
        "quad_names": QUAD_NAMES, "address": address, "field_names": FIELD_NAMES, "basis_words": BASIS_WORDS,
        "words_told": words_told,
    }  # fmt: skip
    return made


def actors_named(codes: tuple[str, ...] | list[str]) -> str:
    """Give several actors by name, as a person lists them."""
    return ", ".join(map(name_of, codes))


def day(value: date | str | None) -> str:
    """Give a day as it is written everywhere: ISO, or a dash."""
    return "—" if value is None or value == "" else str(value)[:10]


def moment(value: datetime | None) -> str:
    """Give a time of the casebook to the minute (UTC)."""
    return "—" if value is None else f"{value:%Y-%m-%d %H:%M}"


def percent(value: float) -> str:
    """Give a share as whole percents, "<1 %" where it is small."""
    return "<1 %" if 0 < value < 0.005 else f"{100 * value:.0f} %"


def path_part(value: str) -> str:
    """Give a code or an id as one part of an address; a slash in it is escaped as well."""
    return quote(value, safe="")


def type_words(name: str) -> str:
    """Give what a type means, in its own file's words; its name where there is no such type."""
    kind = ontology().types.get(name)
    return kind.name.capitalize().replace("_", " ") if kind else name


def is_web_address(words: str | None) -> bool:
    """Tell whether words of a report are an address of the web that may be shown as a link."""
    parts = urlsplit(words or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def address(path: str, /, **values: Any) -> str:
    """Give a path with a query; what is None, empty or False is left out, a list is repeated."""
    given = [
        (name.rstrip("_"), item)
        for name, value in values.items()
        for item in (value if isinstance(value, list | tuple) else [value])
        if item not in (None, "", False)
    ]
    return path + ("?" + urlencode(given) if given else "")
