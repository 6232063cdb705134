"""Organisations and what a body is to an object: channel, agent, host, focal point."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    COUNCIL = "council"
    MINISTRY = "ministry"
    EMBASSY = "embassy"
    GOVERNORS_OFFICE = "governor's office"
    GOVERNMENT = "government"
    COMPANY = "company"
    INTERGOVERNMENTAL = "intergovernmental"
    MEDIA = "media"
    UNIVERSITY = "university"
    OTHER = "other organisation"


class BodyRole(StrEnum):
    CHANNEL = "channel"
    AGENT = "agent"
    HOST = "host"
    FOCAL_POINT = "focal point"
    PARTNER = "partner"
