"""HTML to PDF: the only importer of WeasyPrint. Same facts and language, same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache, partial
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import check, selection
from reports.html import Paper, Plan, paper
from tracker import lang
from tracker.domain.briefings import Briefing, canonical, digest

FACTS_NAME = "facts.json"
MOST_LAYOUTS = 14  # most of them of two pages
# Above these counts a first page two with everything on it is not worth laying out.
_ANNEX_FROM = {"meetings": 5, "actions": 14, "statements": 24}
# Where the text of page two ended on the page after it, in px from its top, when it is no use to
# try the next way, nor the one after it.
_RUNS_OVER = (230, 400)


@dataclass(frozen=True, slots=True)
class Pdf:
    data: bytes
    pages: int
    digest: str  # of the facts


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `asset:` from our own package and stops the document for anything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix("asset:")
        if name == url or name not in ASSETS:
            raise FatalURLFetchingError(f"refused: {url[:80]}")
        return URLFetcherResponse(url, _asset(name), {"Content-Type": "font/ttf"})


ASSETS = frozenset(
    f"fonts/{name}.ttf"
    for name in (
        "Vazirmatn-Regular",
        "Vazirmatn-SemiBold",
        "Vazirmatn-ExtraBold",
        "NotoSans-Regular",
        "NotoSans-Bold",
    )
)


@cache
def _asset(name: str) -> bytes:
    return files("reports").joinpath(name).read_bytes()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style() -> CSS:
    return CSS(
        string=files("reports").joinpath("styles", "paper.css").read_text("utf-8"),
        url_fetcher=AssetFetcher(),
        font_config=_fonts(),
    )


def warm() -> None:
    """Load styles and fonts before the first document asks for them."""
    layout("<!DOCTYPE html><title>.</title><p>ب a")


def briefing_pdf(briefing: Briefing, language: str) -> Pdf:
    """Tagged PDF/A-3a and PDF/UA-1, the facts attached; refused if the gate finds a fault."""
    with lang.speaking(language):
        printed, document = laid_out(briefing, language)
    return written(printed, document, briefing, language)


def written(printed: Paper, document: Document, briefing: Briefing, language: str) -> Pdf:
    check.document(printed, document)
    data = _bytes(document, briefing, language)
    return Pdf(data, len(document.pages), digest(briefing))


def _bytes(document: Document, briefing: Briefing, language: str) -> bytes:
    """A compressed stream that ends in CR runs into the line end before `endstream`, and its
    length can then be read in two ways: such streams are stored bare, and those that are made
    while writing are moved by a few spaces in the catalogue."""
    for padding in range(8):
        data: bytes = document.write_pdf(
            finisher=partial(_sealed, language=language, padding=padding),
            pdf_variant="pdf/a-3a",
            attachments=[_facts(briefing)],
        )
        if b"\r\nendstream" not in data:
            return data
    raise check.Unfit("failed", "a stream keeps ending in CR")


def _facts(briefing: Briefing) -> Attachment:
    # Made anew for each document: an attachment can be written once only.
    moment = briefing.head.recorded_until.astimezone(UTC).replace(microsecond=0)
    return Attachment(
        string=canonical(briefing),
        url_fetcher=AssetFetcher(),
        name=FACTS_NAME,
        description="Facts of this briefing",
        created=moment,
        modified=moment,
        relationship="Data",
    )


def laid_out(briefing: Briefing, language: str) -> tuple[Paper, Document]:
    """Lays out until page one is one page and each note is on the page of its call."""
    plan = Plan(back=_first_back(briefing), fitting=True)
    for _ in range(MOST_LAYOUTS):
        printed = paper(briefing, language, plan)
        document = layout(printed.html)
        better = _improved(plan, printed, document)
        if better is None:
            return printed, document
        plan = better
    plan = _notes_at_end(plan)
    printed = paper(briefing, language, plan)
    return printed, layout(printed.html)


def _notes_at_end(plan: Plan) -> Plan:
    return replace(plan, pages=None, notes_at_end=True, fitting=False)


def layout(html: str) -> Document:
    return HTML(string=html, url_fetcher=AssetFetcher()).render(
        font_config=_fonts(), stylesheets=[_style()]
    )


def _first_back(briefing: Briefing) -> int:
    body = briefing.body
    much = any(len(getattr(body, name)) > most for name, most in _ANNEX_FROM.items())
    return selection.WITH_ANNEX if much else 0


def _improved(plan: Plan, printed: Paper, document: Document) -> Plan | None:
    """What to try next, or None when this layout is the one."""
    anchors = [page.anchors for page in document.pages]
    if plan.notes_at_end:
        return None
    if plan.fitting:
        tighter = _tighter(plan, anchors, check.displaced(printed, anchors))
        if tighter is not None:
            return tighter
        if printed.has_annex:
            back = next(n for n, names in enumerate(anchors) if "bf-back" in names)
            return replace(plan, fitting=False, flow=len(anchors) - back > 1)
    found = check.pages_of_calls(anchors, len(printed.sheet.calls))
    if found != printed.sheet.assumed_pages:
        return replace(plan, pages=found)
    return _notes_at_end(plan) if check.displaced(printed, anchors) else None


def _tighter(
    plan: Plan, pages: Sequence[Mapping[str, Any]], astray: frozenset[int]
) -> Plan | None:
    """Less air first, then fewer items; None when pages one and two are one page each."""
    back = next(n for n, names in enumerate(pages) if "bf-back" in names)
    made = plan
    if back > 1 or any(page < back for page in astray):
        if not plan.dense_front:
            made = replace(made, dense_front=True)
        elif plan.front + 1 < len(selection.PAGE_ONE):
            made = replace(made, front=plan.front + 1)
    if len(pages) - back > 1 or any(page >= back for page in astray):
        step = plan.back + _stride(pages, back)
        closest = selection.WITH_ANNEX - 1
        if plan.back < closest:
            step = min(step, closest)
        made = replace(made, back=min(step, len(selection.PAGE_TWO) - 1))
    return None if made == plan else made


def _stride(pages: Sequence[Mapping[str, Any]], back: int) -> int:
    """How many ways of printing page two to skip, by how far this one ran over."""
    page = next(n for n, names in enumerate(pages) if "bf-end" in names)
    _, end, *_rest = pages[page]["bf-end"]
    if page - back > 1:
        return 4
    return 1 + sum(end > limit for limit in _RUNS_OVER) if page > back else 1


def _sealed(_: Document, pdf: pydyf.PDF, *, language: str, padding: int) -> None:
    """PDF/UA-1 beside PDF/A-3a: one XMP packet that names both and is not compressed."""
    if padding:
        pdf.catalog["PeyvandPadding"] = pydyf.String(" " * padding)
    for item in pdf.objects:
        if not isinstance(item, pydyf.Stream):
            continue
        if item.compress and item.data.endswith(b"\r\nendstream"):
            item.compress = False
        if item.extra.get("Type") == "/Metadata":
            item.compress = False
            (packet,) = item.stream
            item.stream = [packet.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
    check.sealed(pdf, language)


_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"\
><pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>\
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
