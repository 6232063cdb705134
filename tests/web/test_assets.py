"""Static files on slow lines."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

pytestmark = pytest.mark.database("sqlite")


def test_texts_travel_packed_and_are_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    with client.get("/static/css/base.css") as plain:
        whole = plain.get_data()
        assert "Content-Encoding" not in plain.headers
    packing = {"Accept-Encoding": "gzip, br"}
    with client.get("/static/css/base.css", headers=packing) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert len(packed.get_data()) * 3 < len(whole)
        assert gzip.decompress(packed.get_data()) == whole
        known = {"If-None-Match": packed.headers["ETag"]}
    with client.get("/static/css/base.css", headers=packing | known) as again:
        assert again.status_code == 304
    with client.get("/static/fonts/vazirmatn-33.003.woff2", headers=packing) as font:
        assert "Content-Encoding" not in font.headers


def test_pages_are_not_packed(app: Flask) -> None:
    with app.test_client().get("/login", headers={"Accept-Encoding": "gzip"}) as page:
        assert "Content-Encoding" not in page.headers
