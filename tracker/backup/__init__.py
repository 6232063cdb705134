"""Backups: one folder each, whole or not there at all, and the way back from it."""
