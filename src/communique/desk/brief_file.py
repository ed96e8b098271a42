"""A brief as one HTML file that stands alone: its style is in it, nothing is loaded, nothing in it runs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from communique.desk.brief import Brief
from communique.desk.render import environment

_PAGE_STYLE = "body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: #1a1f27; background: #fff; }"


@dataclass(frozen=True, slots=True)
class BriefFile:
    """The variables of brief_file.html; `style` is ours."""

    brief: Brief
    style: Markup


def html_of(brief: Brief) -> str:
    """Give a brief as an HTML file, the same for the same brief."""
    style = (files("communique.desk") / "static" / "brief.css").read_text(encoding="utf-8")
    page = BriefFile(brief, Markup(f"{_PAGE_STYLE}\n{style}"))
    return environment().get_template("brief_file.html").render(page=page)
