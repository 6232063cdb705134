"""The kinds of field that forms are made of; `tracker.web.forms` offers them all."""
