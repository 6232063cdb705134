"""Passkeys: what a browser is asked to sign, and whether it did.

The library does the cryptography. Ours is the challenge: made here, kept here, good once, for five
minutes, for one purpose and in the browser that asked. The library is loaded by whoever asks it
something: it costs a web worker nine megabytes, and most never see a passkey.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, delete, insert

from tracker.models.engine import writing
from tracker.models.factors import PasskeyChallenge, Purpose

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

GOOD_FOR = timedelta(minutes=5)
LONGEST_ANSWER = 20_000


class Refused(Exception):
    """The answer proves nothing."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site as browsers name it: passkeys are bound to it."""

    host: str
    origin: str

    @classmethod
    def at(cls, url: str) -> Site:
        parts = urlsplit(url)
        return cls(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


@dataclass(frozen=True, slots=True)
class Registered:
    """A passkey that has just been made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    device_type: str
    backed_up: bool
    transports: tuple[str, ...]


def new_challenge(engine: Engine, purpose: Purpose, browser_hash: bytes, now: datetime) -> bytes:
    """A challenge for this browser; whatever it was asked before for the same is void."""
    challenge = secrets.token_bytes(32)
    mine = (PasskeyChallenge.browser_hash == browser_hash) & (PasskeyChallenge.purpose == purpose)
    with writing(), engine.begin() as connection:
        connection.execute(
            delete(PasskeyChallenge).where(mine | (PasskeyChallenge.made_at < now - GOOD_FOR))
        )
        connection.execute(
            insert(PasskeyChallenge).values(
                challenge=challenge, purpose=purpose, browser_hash=browser_hash, made_at=now
            )
        )
    return challenge


def answered_challenge(
    engine: Engine, answer: dict[str, Any], purpose: Purpose, browser_hash: bytes, now: datetime
) -> bytes:
    """The challenge that this answer answers, taken so that nothing answers it again."""
    challenge = _challenge_in(answer)
    with writing(), engine.begin() as connection:
        taken = connection.execute(
            delete(PasskeyChallenge).where(
                PasskeyChallenge.challenge == challenge,
                PasskeyChallenge.purpose == purpose,
                PasskeyChallenge.browser_hash == browser_hash,
                PasskeyChallenge.made_at > now - GOOD_FOR,
            )
        )
    if taken.rowcount != 1:
        raise Refused
    return challenge


def registering(
    site: Site,
    challenge: bytes,
    *,
    handle: bytes,
    account: str,
    name: str,
    known: Iterable[bytes],
) -> str:
    """What the browser needs to make a passkey that can sign in by itself."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Peyvand",
        user_id=handle,
        user_name=account,
        user_display_name=name,
        challenge=challenge,
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def proving(site: Site, challenge: bytes, known: Iterable[bytes]) -> str:
    """What the browser needs to prove with one of these; with none given, with any it has."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def read_answer(text: str) -> dict[str, Any]:
    """What the browser sent, as far as it is an answer at all."""
    if len(text) > LONGEST_ANSWER:
        raise Refused
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise Refused from error
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise Refused
    return answer


def credential_id(answer: dict[str, Any]) -> bytes:
    return _bytes(answer.get("rawId"))


def user_handle(answer: dict[str, Any]) -> str:
    handle = answer["response"].get("userHandle")
    return handle if isinstance(handle, str) else ""


def check_registration(site: Site, answer: dict[str, Any], challenge: bytes) -> Registered:
    """What was made; Refused unless it answers this challenge and its owner was verified."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Refused from error
    said = answer["response"].get("transports")
    ways = [way for way in said if isinstance(way, str)] if isinstance(said, list) else []
    return Registered(
        made.credential_id,
        made.credential_public_key,
        made.sign_count,
        made.credential_device_type.value,
        made.credential_backed_up,
        tuple(way[:20] for way in ways[:8] if way.isalpha() or "-" in way),
    )


def check_proof(
    site: Site, answer: dict[str, Any], challenge: bytes, *, public_key: bytes, sign_count: int
) -> int:
    """The new count of signatures; Refused unless the key signed this challenge and its owner was
    verified. A count that does not rise is a copied key."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Refused from error
    return proved.new_sign_count


def _challenge_in(answer: dict[str, Any]) -> bytes:
    try:
        said = json.loads(_bytes(answer["response"].get("clientDataJSON")))
    except ValueError as error:
        raise Refused from error
    return _bytes(said.get("challenge") if isinstance(said, dict) else None)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Refused
    try:
        return unpacked(value)
    except ValueError as error:
        raise Refused from error


def unpacked(text: str) -> bytes:
    """Out of the base64 for addresses, without its padding, in which browsers write bytes."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _described(known: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=each) for each in known]
