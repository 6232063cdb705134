"""Obstacles, resolutions, frameworks, mandates, actions.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "obstacles",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "lifted",
                name="obstaclestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since_first", sa.Date(), nullable=True),
        sa.Column("since_last", sa.Date(), nullable=True),
        sa.Column("since_raw", sa.String(length=100), nullable=False),
        sa.Column("since_sort", sa.Date(), nullable=False),
        sa.Column("lifter_post_id", sa.Uuid(), nullable=True),
        sa.Column("lifter_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_obstacles_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_obstacles_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["lifter_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_obstacles_lifter_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lifter_post_id"], ["posts.id"], name=op.f("fk_obstacles_lifter_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_obstacles_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
    )
    op.create_index("ix_obstacles_list", "obstacles", ["since_sort", "id"])

    op.create_table(
        "obstacle_steps",
        sa.Column("obstacle_id", sa.Uuid(), nullable=False),
        sa.Column("happened_first", sa.Date(), nullable=True),
        sa.Column("happened_last", sa.Date(), nullable=True),
        sa.Column("happened_raw", sa.String(length=100), nullable=False),
        sa.Column("happened_sort", sa.Date(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("by_post_id", sa.Uuid(), nullable=True),
        sa.Column("asked_post_id", sa.Uuid(), nullable=True),
        sa.Column("asked_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_obstacle_steps_asked_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_post_id"], ["posts.id"], name=op.f("fk_obstacle_steps_asked_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_post_id"], ["posts.id"], name=op.f("fk_obstacle_steps_by_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacles.id"], name=op.f("fk_obstacle_steps_obstacle_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_steps")),
    )
    op.create_index("ix_obstacle_steps_obstacle_id", "obstacle_steps", ["obstacle_id"])

    op.create_table(
        "resolutions",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("adopted_first", sa.Date(), nullable=True),
        sa.Column("adopted_last", sa.Date(), nullable=True),
        sa.Column("adopted_raw", sa.String(length=100), nullable=False),
        sa.Column("adopted_sort", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "approved",
                "rejected",
                "repealed",
                name="resolutionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_resolutions_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_resolutions_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["organisations.id"], name=op.f("fk_resolutions_issuer_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_resolutions_source_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_resolutions_term_id")),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_resolutions_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
    )

    op.create_table(
        "frameworks",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("principle", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafting",
                "adopted",
                "lapsed",
                name="frameworkstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_frameworks_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_frameworks_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisations.id"], name=op.f("fk_frameworks_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_frameworks_source_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_frameworks_term_id")),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_frameworks_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frameworks")),
    )

    op.create_table(
        "mandates",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("help_from_id", sa.Uuid(), nullable=True),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("resolution_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("issued_first", sa.Date(), nullable=True),
        sa.Column("issued_last", sa.Date(), nullable=True),
        sa.Column("issued_raw", sa.String(length=100), nullable=False),
        sa.Column("issued_sort", sa.Date(), nullable=False),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("due_raw", sa.String(length=100), nullable=False),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column(
            "completion",
            sa.Enum(
                "not started",
                "started",
                "half way",
                "nearly done",
                "done",
                name="completion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_mandates_created_by")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_mandates_deleted_by")),
        sa.ForeignKeyConstraint(["event_id"], ["meetings.id"], name=op.f("fk_mandates_event_id")),
        sa.ForeignKeyConstraint(
            ["help_from_id"], ["organisations.id"], name=op.f("fk_mandates_help_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["organisations.id"], name=op.f("fk_mandates_issuer_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisations.id"], name=op.f("fk_mandates_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_mandates_resolution_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_mandates_source_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_mandates_term_id")),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_mandates_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index("ix_mandates_list", "mandates", ["issued_sort", "id"])

    op.create_table(
        "actions",
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in progress",
                "blocked",
                "done",
                "verified",
                "cancelled",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("due_raw", sa.String(length=100), nullable=False),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("done_first", sa.Date(), nullable=True),
        sa.Column("done_last", sa.Date(), nullable=True),
        sa.Column("done_raw", sa.String(length=100), nullable=False),
        sa.Column("done_sort", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("statement_id", sa.Uuid(), nullable=True),
        sa.Column("obstacle_id", sa.Uuid(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        sa.Column("depends_on_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("follow_up_user_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_actions_created_by")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_actions_deleted_by")),
        sa.ForeignKeyConstraint(
            ["depends_on_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_actions_depends_on_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_user_id"], ["users.id"], name=op.f("fk_actions_follow_up_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandates.id"], name=op.f("fk_actions_mandate_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_actions_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacles.id"], name=op.f("fk_actions_obstacle_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_actions_statement_id")
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_actions_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index("ix_actions_list", "actions", ["due_sort", "id"])
    op.create_index("ix_actions_mandate_id", "actions", ["mandate_id"])
    op.create_index("ix_actions_meeting", "actions", ["meeting_id", "state"])
    op.create_index("ix_actions_obstacle_id", "actions", ["obstacle_id"])
    op.create_index("ix_actions_state_due", "actions", ["state", "due_last"])

    op.create_table(
        "action_owners",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_action_owners_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_action_owners_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_action_owners_person_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_action_owners_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_owners")),
    )
    op.create_index("ix_action_owners_action_id", "action_owners", ["action_id"])
    op.create_index("ix_action_owners_organisation_id", "action_owners", ["organisation_id"])
    op.create_index("ix_action_owners_person_id", "action_owners", ["person_id"])
    op.create_index("ix_action_owners_post_id", "action_owners", ["post_id"])


def downgrade() -> None:
    op.drop_table("action_owners")
    op.drop_table("actions")
    op.drop_table("mandates")
    op.drop_table("frameworks")
    op.drop_table("resolutions")
    op.drop_table("obstacle_steps")
    op.drop_table("obstacles")
