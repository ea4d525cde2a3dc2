"""Writes the pages of executed notebooks: `notebook_page.py FOLDER NAME…` makes FOLDER/NAME.html of FOLDER/NAME.ipynb."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter

PLOTLY = "application/vnd.plotly.v1+json"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def heading(nb: nbformat.NotebookNode, otherwise: str) -> str:
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            found = re.search(r"^#\s+(.+)$", cell.source, re.MULTILINE)
            if found:
                return found.group(1).strip()
    return otherwise


def with_site_links(html: str, folder: Path) -> str:
    """Links between notebooks as links between pages; what the site does not hold, such as homework, is no link."""

    def address(match: re.Match[str]) -> str:
        target, _, place = match[2].partition("#")
        if target == "" or re.match(r"[a-z]+:", target, re.IGNORECASE):
            return match[0]
        if target.endswith(".ipynb") and (folder / target).is_file():
            return f'{match[1]}href="{target.removesuffix(".ipynb")}.html{"#" + place if place else ""}"'
        return match[1].rstrip()

    return re.sub(r'(<a\s(?:[^>]*?\s)?)href="([^"]*)"', address, html)


def figure_files(figure: str, folder: Path) -> list[str]:
    """The files of a figure's numbers and picture that lie in the site; none for a figure that was not executed here."""
    if not re.fullmatch(r"[\w-]+", figure):
        return []
    return [name for name in (f"figures/{figure}.csv", f"figures/{figure}.png") if (folder / name).is_file()]


def write_page(nb: nbformat.NotebookNode, page: Path, name: str) -> None:
    """The executed notebook `name` as a page, by the template beside this file."""
    templates = Path(__file__).parent / "template"
    exporter = HTMLExporter(template_name="fathom", extra_template_basedirs=[str(templates)], anchor_link_text="#")
    exporter.register_filter("plain", lambda text: ANSI.sub("", text))
    exporter.register_filter("site_links", lambda html: with_site_links(html, page.parent))
    exporter.register_filter("figure_files", lambda figure: figure_files(figure, page.parent))
    priority = exporter.default_config.NbConvertBase.display_data_priority
    exporter.config.NbConvertBase.display_data_priority = [PLOTLY, *[kind for kind in priority if kind != PLOTLY]]
    resources = {"metadata": {"name": heading(nb, name)}, "notebook": name, "source_name": f"{name}.ipynb"}
    body, _ = exporter.from_notebook_node(nb, resources)
    write_atomically(page, body)


def main() -> int:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        write_page(nbformat.read(folder / f"{name}.ipynb", as_version=4), folder / f"{name}.html", name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
