"""HTML to PDF: the only importer of WeasyPrint. Same facts and language, same bytes."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import cache, partial
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import check
from reports.fitting import Fitting, at_end
from reports.html import Paper
from tracker import lang
from tracker.domain.briefings import Briefing, canonical

FACTS_NAME = "facts.json"
MOST_LAYOUTS = 3


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
        # Asked for once: WeasyPrint keeps a file of its own of each font.
        font = files("reports").joinpath(name).read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})


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
    # What is loaded by now stays: the collector need not look at it again with each document.
    gc.freeze()


def briefing_pdf(briefing: Briefing, language: str) -> Pdf:
    """Tagged PDF/A-3a and PDF/UA-1, the facts attached; refused if the gate finds a fault."""
    facts = canonical(briefing)
    printed, document = laid_out(briefing, language, facts)
    check.document(printed, document)
    data = _bytes(document, _attachable(briefing, facts), language)
    return Pdf(data, len(document.pages), hashlib.sha256(facts).hexdigest())


def _bytes(document: Document, attachable: Callable[[], Attachment], language: str) -> bytes:
    """A compressed stream that ends in CR runs into the line end before `endstream`, and its
    length can then be read in two ways: such streams are stored bare, and those that are made
    while writing are moved by a few spaces in the catalogue."""
    for padding in range(8):
        data: bytes = document.write_pdf(
            finisher=partial(_sealed, language=language, padding=padding),
            pdf_variant="pdf/a-3a",
            attachments=[attachable()],
        )
        if b"\r\nendstream" not in data:
            return data
    raise check.Unfit("failed", "a stream keeps ending in CR")


def _attachable(briefing: Briefing, facts: bytes) -> Callable[[], Attachment]:
    """Makes the attachment anew for each writing: it can be written once only."""
    moment = briefing.head.recorded_until.astimezone(UTC).replace(microsecond=0)
    return partial(
        Attachment,
        string=facts,
        url_fetcher=AssetFetcher(),
        name=FACTS_NAME,
        description="Facts of this briefing",
        created=moment,
        modified=moment,
        relationship="Data",
    )


def laid_out(briefing: Briefing, language: str, facts: bytes) -> tuple[Paper, Document]:
    """Lays out until page one is one page and each note is on the page of its call."""
    fitting = Fitting(briefing, language, hashlib.sha256(facts).hexdigest())
    with lang.speaking(language):
        plan = fitting.first()
        for _ in range(MOST_LAYOUTS):
            printed = fitting.printed(plan)
            document = layout(printed.html)
            better = fitting.improved(plan, printed, [page.anchors for page in document.pages])
            if better is None:
                return printed, document
            plan = better
            del document  # before the next one takes its room
        printed = fitting.printed(at_end(plan))
        return printed, layout(printed.html)


def layout(html: str) -> Document:
    return HTML(string=html, url_fetcher=AssetFetcher()).render(
        font_config=_fonts(), stylesheets=[_style()]
    )


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
