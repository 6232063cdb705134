"""Looks into a file that came from outside: in a process of its own, within limits.

An ending and a signature prove little: one file can be a picture, a script and an archive at once.
So each type is opened as what it says it is, and what could act is refused.
"""
