"""Why a file is not taken in, as sentences that say what to do about it."""

from __future__ import annotations

from tracker.domain.documents import FileRefusal
from tracker.lang import N_

SENTENCES: dict[FileRefusal, str] = {
    FileRefusal.NOT_TAKEN: N_(
        "Files of this type are not taken. Send PDF, PNG, JPEG, DOCX, XLSX, ODT or plain text."
    ),
    FileRefusal.EMPTY: N_("The file is empty."),
    FileRefusal.TOO_LARGE: N_("The file is larger than %(most)s MB. Make it smaller or split it."),
    FileRefusal.ANOTHER_TYPE: N_(
        "The file is not of the type that its name says. Save it anew in the program that made it."
    ),
    FileRefusal.DAMAGED: N_(
        "The file cannot be read to its end: it is damaged, or something was added to it. "
        "Save it anew in the program that made it."
    ),
    FileRefusal.ENCRYPTED: N_(
        "The file is locked with a password or with rights. Save it without them."
    ),
    FileRefusal.OLD_FORMAT: N_(
        "The file is locked with a password, or of an older version of Office. "
        "Save it without a password as DOCX, XLSX or PDF."
    ),
    FileRefusal.ACTIVE: N_(
        "The file holds something that acts when it is opened: a script, a macro or a form that "
        "sends. Save it without, or print it to PDF."
    ),
    FileRefusal.HOLDS_FILES: N_(
        "The file holds another file inside. Send that one by itself, or print this one to PDF."
    ),
    FileRefusal.REACHES_OUT: N_(
        "The file draws something from elsewhere: a linked template, picture or table. "
        "Break the links, or print it to PDF."
    ),
    FileRefusal.UNPACKS_TOO_LARGE: N_(
        "The file becomes far too large once it is unpacked. Make it smaller or split it."
    ),
    FileRefusal.PICTURE_TOO_LARGE: N_(
        "The picture has more points than can be taken. Scan it at a lower resolution."
    ),
    FileRefusal.MOVING: N_("The picture moves. Send a still one."),
    FileRefusal.NOT_TEXT: N_(
        "The file is no text that can be read. Save it as plain text in UTF-8."
    ),
    FileRefusal.HIDDEN_SIGN: N_(
        "The text holds an invisible sign that changes how it reads. Remove it and save the text."
    ),
    FileRefusal.TOO_SLOW: N_(
        "Looking through the file took too long. Make it smaller or print it to PDF anew."
    ),
    FileRefusal.INFECTED: N_(
        "The virus scanner has found something in the file. It was not taken; tell whoever "
        "looks after your computer."
    ),
}
