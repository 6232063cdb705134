"""The signature under an export: Ed25519, so that whoever has the public key can check it without
being able to make one."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer:
    """Signs with a key made of the key of the audit: one secret to keep, and neither tells the
    other. Libraries are loaded when it is used, which is seldom."""

    def __init__(self, audit_key: bytes) -> None:
        self._seed = hmac.digest(audit_key, b"signature of exports", "sha256")

    def sign(self, content: bytes) -> bytes:
        return self._key().sign(content)

    def public_key(self) -> bytes:
        """As PEM."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = self._key().public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def _key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed)


def is_signed(content: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the owner of this public key (PEM) signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_key)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: bytes) -> str:
    """Short enough to be read out over the telephone."""
    digest = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))
