"""What people and machines send that nobody had in mind: texts, days, numbers, ids."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from random import Random

# Each has broken some program somewhere.
TEXTS = (
    "", " ", "\t", "\n\r\n", "\u200c", "\u200c\u200c", "\u200d", "\u00a0", "\ufeff", "\u2028",
    "\0", "دیدار\0", "a\u202eb", "\u2066x\u2069", "\u200fنام\u200e", "\ufffe\uffff",
    "\U000e0041\U000e0042", "\x01\x02\x1b[31m", "e\u0301" * 40, "ﷺ" * 20, "ي ك ى ة", "می\u200cروم",
    "😀👨‍👩‍👧‍👦", "Ⅻ½²³", "İıß", "\u0626\u0621\u0670\u064b" * 10, "ـ" * 50, "á" * 300, "x" * 2001,
    "س" * 25_000, "کلمه " * 5_000, "\n" * 3000, "None", "null", "undefined", "NaN", "-1", "0",
    "1e309", "true", "[]", "{}", "{{ 7*7 }}", "{% raw %}", "%(n)s", "%s%n", "${x}", "__class__",
    "<script>alert(1)</script>", "<b onmouseover=x>", "</textarea><svg/onload=x>", "&lt;&#0;",
    "'; DROP TABLE ties;--", '" OR ""="', "' OR 1=1 --", "\\", "\\'", "\\x00", "%00", "%", "_",
    "*", '"', "(", ")", "AND", "OR NOT", "NEAR(a b)", "a*", '"a" "', "^a", "a:b", "titled:x",
    "-a", "a & | ! <-> b", "':*", "a\\:*", "../../etc/passwd", "file:///etc/passwd",
    "javascript:alert(1)", "//evil.example", "https://evil.example/", "a,b،c؛d", "،", ",", ":",
    "نام:\nنام: گفت", ": : :", "سعید خرازی، سفیر ایران در قرقیزستان", "جمعی از", "شهردار مشهد",
    "شهرداری مشهد", "استان اوش", "Osh Province", "Kyrgyzstan", "قرقیزستان", "مشهد", "=1+1", "@x",
)  # fmt: skip
PLAIN = ("دیدار با سفیر", "تفاهم‌نامهٔ همکاری", "Courtesy call", "پیگیری شود", "یادداشت", "Note")
DAYS = (
    "", "امروز", "دیروز", "فردا", "۱۶ آبان ۱۴۰۰", "تا ۱۶ آبان ۱۴۰۰", "۱۴۰۰/۸/۱۶", "1400-08-16",
    "2021-11-07", "16 Aban 1400", "Nov 2021", "۱۴۰۰", "آبان", "پاییز ۱۴۰۰", "نیمهٔ اول ۱۴۰۱",
    "دههٔ ۱۳۹۰", "۳۰ اسفند ۱۴۰۰", "31/02/2021", "0000/00/00", "0000-01-01", "9999-12-31",
    "10000-01-01", "1599/12/29", "1600/01/01", "1199/12/29", "-1400/01/01", "1400/13/41", "؟",
    "نامعلوم", "unknown", "۲۲/۸/۱", "05/06", "هفتهٔ بعد", "سه ماه پیش", "in 99999999 years",
    "۹۹۹۹۹۹۹۹۹ روز پیش", "last month", "یکشنبه ۱۶ آبان ۱۴۰۰", "بین ۱۴۰۰ و ۱۳۹۰",
    "۱ تا ۵ آبان ۱۴۰۰", "1400/8/16 1400/8/17", "²/²/²", "٣٠/١٢/١٤٤٣", "1" * 400, "T",
    "2021-11-07T10:00Z",
)  # fmt: skip
NUMBERS = (
    "", "0", "1", "-1", "۱۲", "١٢", "१२", "1.5", "۱٫۵", "1,000", "۱٬۰۰۰", "1_000", "1e5", "1e400",
    "NaN", "inf", "-0", "+7", "²", "½", "0x10", "9" * 19, "9" * 400, "9223372036854775808",
    "--1", "1-", ".", "٫", ",", "1..2", "10:30", "24:00", "۲۵:۶۱", "2:5",
)  # fmt: skip
TAGS = ("fa", "en", "ru", "xx", "FA", "fa-IR", "", "../fa", "fa\0", "e" * 500)
TARGETS = (
    "/", "/ties/", "//evil.example", "/\\evil.example", "https://evil.example",
    "/%2f/evil.example", "/a\r\nSet-Cookie: x=1", "javascript:alert(1)", "/\u200fx", "?x",
    "#", "/" * 3000, "http:///x",
    "/ties/?lang=fa&lang=en", "http://[::1", "/[", "\\", "/%0d%0aX: y", "/%25%32%66/evil.example",
)  # fmt: skip


class Words:
    """Draws words; `ids` are those of the city, by kind."""

    def __init__(self, random: Random, ids: Mapping[str, Sequence[uuid.UUID]]) -> None:
        self.random = random
        self.ids = ids

    def hostile(self) -> str:
        pools = (TEXTS, TEXTS, TEXTS, DAYS, NUMBERS, TAGS, TARGETS)
        drawn = self.random.choice(self.random.choice(pools))
        if self.random.random() < 0.2:
            drawn += self.random.choice(TEXTS)
        if self.random.random() < 0.1:
            drawn += "".join(self._sign() for _ in range(self.random.randrange(1, 30)))
        return drawn

    def text(self) -> str:
        return self.random.choice(PLAIN) if self.random.random() < 0.6 else self.hostile()

    def day(self) -> str:
        return self.random.choice(DAYS) if self.random.random() < 0.8 else self.hostile()

    def number(self) -> str:
        return self.random.choice(NUMBERS) if self.random.random() < 0.8 else self.hostile()

    def id(self, *kinds: str) -> str:
        """Mostly of an object of one of these kinds, else of any, of none, or no id at all."""
        chance = self.random.random()
        wanted = [kind for kind in kinds if self.ids.get(kind)] if chance < 0.6 else []
        if chance < 0.8:
            kind = self.random.choice(wanted or sorted(self.ids))
            return str(self.random.choice(self.ids[kind]))
        if chance < 0.9:
            return str(uuid.UUID(int=self.random.getrandbits(128)))
        return self.hostile()

    def named_id(self, *kinds: str) -> str:
        """`kind:uuid`, as a field that takes several kinds sends it."""
        kind = self.random.choice(kinds or sorted(self.ids))
        if self.random.random() < 0.1:
            kind = self.random.choice((*sorted(self.ids), "user", "", "x" * 30))
        return f"{kind}:{self.id(kind)}" if self.random.random() < 0.8 else self.id(kind)

    def _sign(self) -> str:
        code = self.random.choice((0x80, 0x700, 0x3000, 0x10000, 0x110000))
        sign = chr(self.random.randrange(code))
        return "?" if "\ud800" <= sign <= "\udfff" else sign
