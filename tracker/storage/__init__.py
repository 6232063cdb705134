"""Files on disk under names that say nothing, each written whole or not at all.

Who may see one, and what it is, stands in the database; here are only bytes.
"""

from __future__ import annotations

from tracker.storage.files import Damaged, Kept, Missing, Storage, TooLarge, copied

__all__ = ["Damaged", "Kept", "Missing", "Storage", "TooLarge", "copied"]
