"""What happens where browsers come without TLS, and their session cookie would be lost: every page
says why nobody can sign in and what to do, in place of a sign-in page that comes back for ever."""

from __future__ import annotations

from enum import Enum, auto

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)

from tracker.web.errors import wants_json
from tracker.web.guard import public

blueprint = Blueprint("plain_http", __name__)

# These answer by whatever way one comes.
_ALWAYS = frozenset({"static", "health.live", "health.ready", "plain_http.trust"})


class Way(Enum):
    """How a browser came here without TLS, as far as the request tells."""

    DIRECT = auto()  # nothing stands in front
    UNEXPECTED_PROXY = auto()  # something does, and no setting says so
    SILENT_PROXY = auto()  # something does, and does not say how the browser came to it
    OPEN_PROXY = auto()  # something does, and took the browser in without TLS


def install(app: Flask) -> None:
    app.before_request(_explain)
    app.register_blueprint(blueprint)


@blueprint.get("/trust")
@public
def trust() -> str:
    """How a computer or a telephone comes to trust the certificate authority of a town hall."""
    return render_template("errors/trust.html")


def _explain() -> Response | tuple[Response, int] | None:
    if request.is_secure or not current_app.config["SESSION_COOKIE_SECURE"]:
        return None
    if request.endpoint in _ALWAYS:
        return None
    if wants_json():
        return jsonify(status=403, message="HTTPS is needed"), 403
    page = render_template(
        "errors/plain_http.html",
        way=_way().name.lower(),
        asked=request.host,
        secure=_secure_address(),
    )
    response = make_response(page)
    response.status_code = 403
    return response


def _way() -> Way:
    told = "X-Forwarded-Proto" in request.headers
    if not current_app.config["PROXIES"]:
        forwarded = told or "X-Forwarded-For" in request.headers
        return Way.UNEXPECTED_PROXY if forwarded else Way.DIRECT
    return Way.OPEN_PROXY if told else Way.SILENT_PROXY


def _secure_address() -> str:
    """The same page over TLS, where the name asked for is known to be ours; else nothing."""
    if not current_app.config["TRUSTED_HOSTS"] or _way() is not Way.OPEN_PROXY:
        return ""
    return f"https://{request.host}{request.full_path.rstrip('?')}"
