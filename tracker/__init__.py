"""Peyvand: the system in which a municipality keeps its city diplomacy."""
