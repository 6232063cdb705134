"""What stands in the way, what the council ordered, and who does what."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.demo.cast import BY_THEN, UNKNOWN, Cast, add, both, put
from tracker.domain.actions import ActionState
from tracker.domain.bodies import BodyRole
from tracker.domain.follow_up import FrameworkState, ObstacleState, ResolutionState
from tracker.models import (
    Action,
    ActionOwner,
    Filing,
    Framework,
    Involvement,
    Mandate,
    Obstacle,
    ObstacleStep,
    Resolution,
    StateChange,
    Term,
)
from tracker.models.base import Texts


def enter(session: Session, cast: Cast) -> None:
    _obstacle(session, cast)
    _council(session, cast)
    _actions(session, cast)


def _obstacle(session: Session, cast: Cast) -> None:
    obstacle = put(
        session,
        cast,
        "obstacle",
        Obstacle(
            title=both(
                "نبود پروازهای منظم مشهد به قرقیزستان",
                "No regular flights from Mashhad to Kyrgyzstan",
            ),
            state=ObstacleState.OPEN,
            since=BY_THEN,
            lifter_post_id=cast["governor"].id,
        ),
    )
    add(
        session,
        Filing(
            holder_kind=obstacle.kind,
            holder_id=obstacle.id,
            object_kind="tie",
            object_id=cast["tie"].id,
            sort_on=BY_THEN,
        ),
    )
    add(
        session,
        ObstacleStep(
            obstacle_id=obstacle.id,
            happened_on=UNKNOWN,
            text=both(
                "گفت‌وگوی شهردار دربارهٔ منظم‌شدن و افزایش پروازها",
                "The mayor’s talk about making flights regular and more frequent",
            ),
            by_post_id=cast["mayor"].id,
            asked_post_id=cast["governor"].id,
        ),
    )
    add(
        session,
        ObstacleStep(
            obstacle_id=obstacle.id,
            happened_on=BY_THEN,
            text=both(
                "اعلام آمادگی شهردار برای همکاری", "The mayor’s declared readiness to cooperate"
            ),
            by_post_id=cast["mayor"].id,
            position=1,
        ),
    )
    add(
        session,
        StateChange(
            object_kind=obstacle.kind,
            object_id=obstacle.id,
            target=ObstacleState.OPEN.value,
            effective_on=BY_THEN,
            recorded_at=obstacle.created_at,
        ),
    )


def _council(session: Session, cast: Cast) -> None:
    council, report = cast["council"].id, cast["report"].id
    term = put(
        session,
        cast,
        "term",
        Term(
            name=both("دورهٔ ششم مدیریت شهری", "Sixth term of city management"),
            organisation_id=council,
            number=6,
            since=UNKNOWN,
            until=UNKNOWN,
        ),
    )
    resolution = put(
        session,
        cast,
        "resolution",
        Resolution(
            title=both(
                "تصویب طرح نشست شهرداران سازمان همکاری شانگهای",
                "Approval of the plan for a summit of SCO mayors",
            ),
            issuer_id=council,
            adopted_on=UNKNOWN,
            state=ResolutionState.APPROVED,
            term_id=term.id,
            source_id=report,
        ),
    )
    framework = put(
        session,
        cast,
        "framework",
        Framework(
            title=both(
                "چارچوب ارتباطات بین‌المللی مشهد",
                "Framework for Mashhad’s international relations",
            ),
            principle=both(
                "همکاری دولت و عاملیت وزارت امور خارجه",
                "With the government’s cooperation, the foreign ministry as agent",
            ),
            owner_id=council,
            state=FrameworkState.DRAFTING,
            term_id=term.id,
            source_id=report,
        ),
    )
    add(
        session,
        Involvement(
            object_kind=framework.kind,
            object_id=framework.id,
            organisation_id=cast["ministry"].id,
            body_role=BodyRole.AGENT,
        ),
    )
    put(
        session,
        cast,
        "mandate",
        Mandate(
            title=both(
                "برگزاری نشست شهرداران سازمان همکاری شانگهای در مشهد",
                "Holding the summit of SCO mayors in Mashhad",
            ),
            issuer_id=council,
            owner_id=cast["municipality"].id,
            help_from_id=cast["ministry"].id,
            term_id=term.id,
            resolution_id=resolution.id,
            event_id=cast["summit"].id,
            source_id=report,
            issued_on=BY_THEN,
            due=UNKNOWN,
        ),
    )


def _actions(session: Session, cast: Cast) -> None:
    def action(
        key: str,
        text: Texts,
        owner: str,
        said: str,
        state: ActionState = ActionState.OPEN,
        **links: str,
    ) -> None:
        position = sum(isinstance(obj, Action) for obj in cast.objects.values())
        action = put(
            session,
            cast,
            key,
            Action(
                text=text,
                state=state,
                due=UNKNOWN,
                meeting_id=cast["meeting"].id,
                statement_id=cast[said].id,
                position=position,
                **{column: cast[name].id for column, name in links.items()},
            ),
        )
        holder = cast[owner]
        add(
            session,
            ActionOwner(action_id=action.id, **{f"{holder.kind}_id": holder.id}),
        )
        add(
            session,
            StateChange(
                object_kind=action.kind,
                object_id=action.id,
                target=state.value,
                effective_on=BY_THEN,
                recorded_at=action.created_at,
            ),
        )

    action(
        "hold_summit",
        both(
            "برگزاری نشست شهرداران در مشهد",
            "Hold the summit of mayors in Mashhad",
        ),
        "municipality",
        "hold_in_mashhad",
        mandate_id="mandate",
        depends_on_organisation_id="ministry",
    )
    action(
        "draft_framework",
        both(
            "تدوین چارچوب ارتباطات بین‌المللی",
            "Draft the framework for international relations",
        ),
        "council",
        "drafting",
        ActionState.IN_PROGRESS,
    )
    action(
        "regular_flights",
        both(
            "همکاری برای منظم‌شدن پروازها",
            "Cooperate on making flights regular",
        ),
        "municipality",
        "ready_on_flights",
        ActionState.BLOCKED,
        obstacle_id="obstacle",
    )
    action(
        "ask_ministry",
        both(
            "پیگیری توجه وزارت به دیپلماسی شهری",
            "Ask the foreign ministry again to heed city diplomacy",
        ),
        "mayor",
        "ask_attention",
        depends_on_organisation_id="ministry",
    )
