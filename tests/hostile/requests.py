"""Requests that no browser sends, drawn one after the other from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

from tests.hostile.city import City
from tests.hostile.filling import Pairs
from tests.hostile.shots import Headers, Shot
from tests.laws.access_matrix import ROLES

ROOT = Path(__file__).resolve().parents[2]
METHODS = (
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "OPTIONS",
    "HEAD",
    "CONNECT",
    "get",
    "QUERY",
    "X" * 99,
)
PATHS = (
    "//", "/.", "/..", "/./ties/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/ties",
    "/ties//", "/TIES/", "/ties/%00", "/ties/%ff%fe", "/%c0%ae%c0%ae/", "/static/../wsgi.py",
    "/static/%2e%2e/%2e%2e/wsgi.py", "/static/", "/static/css", "/static/%00", "/favicon.ico",
    "/static/icons.svg", "/ties/new/new", "/ties/%d8%b3", "/ties/0", "/meetings/" + "9" * 300,
    "/" + "a/" * 1000, "/" + "%41" * 2500, "/%", "/%zz", "/;x=1", "/ties/;/", "/ties/?", "/*",
    "/login/", "/logout", "/healthz", "/readyz", "/ties/%0d%0aX:%20y", "/ties\\x", "/%5c%5cx",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="' + "b" * 300 + '"', "multipart/mixed; boundary=x",
    "application/json", "application/json; charset=latin-1", "text/plain", "text/xml", "image/png",
    "application/octet-stream", "", "x", "/", ";", "a/b;c", "application/x-www-form-urlencoded;;",
)  # fmt: skip
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Accept", ("application/json", "*/*;q=x", "text/html;q=9e9", ",,,", "a" * 5000,
                "text/html;" * 400)),
    ("Accept-Language", ("en", "fa;q=nan", "*", "-", "x" * 5000, "ru;q=-1,ky")),
    ("Accept-Encoding", ("gzip, br", "identity;q=0", "\xff")),
    ("Cookie", ("peyvand=x", "peyvand=s" + "A" * 43, "peyvand=" + "\xff" * 9, "; ;=;",
                "peyvand_lang=xx", "peyvand_lang=en; peyvand_lang=fa", "peyvand_said=x.y.z",
                "x" * 9000, 'a="\\000"')),
    ("Range", ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-,0-,0-", "lines=1",
               "bytes=" + "1" * 99)),
    ("If-None-Match", ("*", '"x"', "W/", '"' * 99, "\xe9")),
    ("If-Match", ("*", '"x"', ",")),
    ("If-Modified-Since", ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Thu, 99 Foo 99999")),
    ("If-Range", ("x", '"x"')),
    ("Origin", ("null", "http://evil.example", "http://[", "http://localhost", "\xff")),
    ("Sec-Fetch-Site", ("cross-site", "same-site", "none", "x")),
    ("Referer", ("http://evil.example/", "http://[::1", "/x", "http://localhost/ties/?\xff")),
    ("X-Forwarded-For", ("1.2.3.4", "x", "::1, 10.0.0.1", "\xff")),
    ("X-Forwarded-Host", ("evil.example", "[")),
    ("X-Forwarded-Proto", ("https", "x")),
    ("X-HTTP-Method-Override", ("DELETE",)),
    ("Authorization", ("Basic x", "Basic " + "=" * 99, "Bearer \xff", "Digest username=")),
    ("User-Agent", ("", "\xff" * 500, "x" * 8000)),
    ("Content-Length", ("-1", "x", "99999999999999999999", "1.5", "")),
    ("Transfer-Encoding", ("chunked", "x")),
    ("Content-Encoding", ("gzip", "x")),
    ("Expect", ("100-continue", "x")),
    ("Host", ("", "evil.example", "localhost:99999", "[::1", "a b", "localhost.", "\xe9")),
    ("X-Long", ("x" * 60_000,)),
)  # fmt: skip


@cache
def parameters() -> tuple[str, ...]:
    """The names that the program asks an address or a form for, read from its source."""
    found = {"after", "nobody_asks_for_this", "lang"}
    for path in (ROOT / "tracker").rglob("*.py"):
        found.update(re.findall(r'request\.(?:args|form)\.get\("(\w+)"', path.read_text("utf-8")))
    return tuple(sorted(found))


class Requests:
    """Draws requests: `one()` is the next."""

    def __init__(self, city: City) -> None:
        self.city, self.random, self.words = city, city.random, city.words
        self._kinds: tuple[tuple[int, Callable[[], Shot]], ...] = (
            (40, self.query), (12, self.strange_path), (15, self.strange_headers),
            (6, self.strange_method), (27, self.strange_body),
        )  # fmt: skip

    def one(self) -> Shot:
        weights, draw = zip(*self._kinds, strict=True)
        shot: Shot = self.random.choices(draw, weights)[0]()
        return shot

    def query(self) -> Shot:
        """A page, asked for with everything an address can say."""
        rule = self.random.choice([r for r in self.city.rules if "GET" in (r.methods or ())])
        return self._get(f"{self.city.path(rule)}?{self._asked()}")

    def strange_path(self) -> Shot:
        path = self.random.choice(PATHS)
        if self.random.random() < 0.4:
            path = "/" + quote(self.words.hostile()[:2000], safe="/", errors="replace")
        elif self.random.random() < 0.3:
            path += quote_from_bytes(self.random.randbytes(12))
        return self._get(path)

    def strange_headers(self) -> Shot:
        rule = self.random.choice([r for r in self.city.rules if "GET" in (r.methods or ())])
        path = "/static/icons.svg" if self.random.random() < 0.1 else self.city.path(rule)
        return self._get(path, self._headers())

    def strange_method(self) -> Shot:
        rule = self.random.choice(self.city.rules)
        shot = self._get(self.city.path(rule))
        return Shot(shot.role, self.random.choice(METHODS), shot.target, shot.headers)

    def strange_body(self) -> Shot:
        """Something that is no filled-in form, where one is awaited."""
        rule = self.random.choice([r for r in self.city.rules if "POST" in (r.methods or ())])
        role, body = self._role(), self._body()
        kind = self.random.choice(TYPES)
        if self.random.random() < 0.5:
            kind = TYPES[0] if self.random.random() < 0.6 else "multipart/form-data; boundary=x"
        headers: Headers = (("Content-Type", kind),)
        token = self.city.browsers[role].token
        if self.random.random() < 0.8:
            headers += (("X-CSRFToken", token),)
            body = body.replace(b"TOKEN", token.encode())
        if self.random.random() < 0.1:
            headers += self._headers()
        query = f"?{self._asked()}" if self.random.random() < 0.3 else ""
        return self.city.shot(role, "POST", self.city.path(rule) + query, headers, body)

    def _get(self, target: str, headers: Headers = ()) -> Shot:
        return self.city.shot(self._role(), "GET", target, headers)

    def _role(self) -> str:
        return self.random.choice((*ROLES, "staff", "approver", "staff"))

    def _headers(self) -> Headers:
        drawn = self.random.choices(HEADERS, k=self.random.randrange(1, 4))
        return tuple((name, self.random.choice(values)) for name, values in drawn)

    def _asked(self) -> str:
        pairs: Pairs = []
        for name in self.random.choices(parameters(), k=self.random.randrange(1, 5)):
            draw = self.random.choice(
                (self.words.hostile, self.words.text, self.words.day, self.words.id,
                 self.words.named_id, self._word, self._cursor)
            )  # fmt: skip
            pairs.append((name, draw()))
        query = urlencode(pairs, errors="replace")
        if self.random.random() < 0.1:
            query += "&" + quote_from_bytes(self.random.randbytes(20)) + "=%ff%fe&&=&;"
        return query[:20_000]

    def _word(self) -> str:
        """A word of some vocabulary, as filters take it."""
        return self.random.choice(
            ("all", "missing", "held", "active", "city", "open", "fa", "en", "overdue", "meeting",
             "person,post", "signed", "news")
        )  # fmt: skip

    def _cursor(self) -> str:
        alphabet = "ABCDEFabcdef0123456789-_=+/ é"
        length = self.random.choice((0, 1, 7, 22, 26, 27, 28, 40, 200))
        drawn = "".join(self.random.choices(alphabet, k=length))
        return self.random.choice(("", "", "title:", "words:")) + drawn

    def _body(self) -> bytes:
        chance = self.random.random()
        if chance < 0.15:
            return self.random.randbytes(self.random.choice((0, 1, 100, 5000)))
        if chance < 0.35:
            pairs = [("csrf_token", "TOKEN")]
            for name in self.random.choices((*parameters(), "title", "version", "move"), k=6):
                pairs.append((name, self.words.hostile()))
            return urlencode(pairs, errors="replace").encode()
        if chance < 0.5:
            return b"csrf_token=TOKEN&title=%ff%fe%d8&a=%zz&=&&&%00=%00&version=%D9%A1"
        if chance < 0.6:
            many = "&".join(f"x-{n}-y=1" for n in range(self.random.choice((10, 1001, 5000))))
            return f"csrf_token=TOKEN&{many}".encode()
        if chance < 0.63:
            return b"title=" + b"x" * self.random.choice((2**20 - 6, 2**20, 2**20 + 1, 2**21))
        if chance < 0.75:
            return b'{"csrf_token":"TOKEN","title":["\\ud800",{"a":1e999}],"version":null}'
        return self._multipart()

    def _multipart(self) -> bytes:
        """Parts with names, files and lengths of all sorts, seldom well formed."""
        parts = [b'Content-Disposition: form-data; name="csrf_token"\r\n\r\nTOKEN']
        for _ in range(self.random.randrange(5)):
            name = self.words.hostile()[:200].encode(errors="replace")
            value = self.words.hostile()[:5000].encode(errors="replace")
            parts.append(
                self.random.choice(
                    (
                        b'Content-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value,
                        b'Content-Disposition: form-data; name=title; filename="' + name + b'"\r\n'
                        b"Content-Type: \xff\r\n\r\n" + value,
                        b"Content-Disposition: form-data\r\n\r\n" + value,
                        b"Content-Disposition: form-data; name*=utf-8''%ff\r\n\r\n" + value,
                        b"Content-Transfer-Encoding: base64\r\n\r\n" + value,
                        b"X: " + b"y" * 70_000 + b"\r\n\r\n" + value,
                        value,
                    )
                )
            )
        end = self.random.choice((b"--x--\r\n", b"--x", b"", b"--x--", b"\r\n--x--\r\n--x\r\n"))
        return b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + end
