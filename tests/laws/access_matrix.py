"""Who may do what, written by hand: policies by role and level, and the policy of each endpoint.

Words of the first table: `ok` is any answer but a refusal, `in` sends to the sign-in page, a
number is that status. Objects that a reader may not see answer exactly as absent ones: 404.
"""

from __future__ import annotations

ROLES = (
    "anonymous", "guest", "official", "council", "staff", "approver", "auditor", "administrator",
)  # fmt: skip

# policy, levels of the object (- when the page is of no object): the answer to each role.
POLICIES = """
                      anon guest official council staff approver auditor admin
public           -    ok   ok    ok       ok      ok    ok       ok      ok
public of another -   404  404   404      404     404   404      404     404
own account      -    in   403   ok       ok      ok    ok       ok      ok
own account of another - in 404  404      404     404   404      404     404
read             -    in   403   ok       ok      ok    ok       ok      403
download         -    in   403   ok       ok      ok    ok       ok      403
review           -    in   403   ok       ok      ok    ok       ok      403
comment          -    in   403   403      ok      403   403      403     403
record           -    in   403   403      403     ok    ok       403     403
approve          -    in   403   403      403     403   ok       403     403
audit            -    in   403   403      403     403   403      ok      403
audit of another -    in   404   404      404     404   404      ok      404
administer       -    in   403   403      403     403   403      403     ok
administer of another - in 404   404      404     404   404      404     404
read one        01    in   404   ok       ok      ok    ok       ok      404
read one         2    in   404   404      404     404   404      ok      404
download one    01    in   404   ok       ok      ok    ok       ok      404
download one     2    in   404   404      404     404   404      ok      404
record one      01    in   404   404      404     ok    ok       404     404
record one       2    in   404   404      404     404   404      404     404
approve one     01    in   404   404      404     404   ok       404     404
approve one      2    in   404   404      404     404   404      404     404
"""

# endpoint, methods, policy.
ENDPOINTS = """
static                    GET       public
health.live               GET       public
health.ready              GET       public
plain_http.trust          GET       public
accounts.sign_in          GET       public
accounts.enter            POST      public
accounts.leave            POST      public
accounts.enter_demo       POST      public
accounts.account          GET       own account
accounts.change_password  POST      own account
accounts.choose_language  POST      own account
accounts.end_session      POST      own account of another
accounts.end_other_sessions POST    own account
accounts.factors_page     GET       own account
accounts.begin_authenticator POST   own account
accounts.authenticator    GET       own account
accounts.authenticator_picture GET  own account
accounts.enrol_authenticator POST   own account
accounts.remove_authenticator POST  own account
accounts.make_recovery_codes POST   own account
accounts.challenge_new_passkey POST own account
accounts.register_passkey POST      own account
accounts.rename_passkey   POST      own account of another
accounts.remove_passkey   POST      own account of another
accounts.withdraw_device  POST      own account of another
accounts.prove            GET       own account
accounts.take_proof       POST      own account
accounts.challenge_passkey POST     public
accounts.enter_by_passkey POST      public
accounts.lock             POST      own account
accounts.session_state    GET       own account
accounts.unlock           GET       own account
accounts.carry            POST      own account
accounts.take_unlock      POST      own account
accounts.link             GET       public of another
accounts.choose_password  POST      public of another
accounts.accounts         GET       administer
accounts.new_account      GET,POST  administer
accounts.limits           GET       administer
accounts.limits_of        GET,POST  administer of another
accounts.one_account      GET       administer of another
accounts.edit_account     GET,POST  administer of another
accounts.activate_account POST      administer of another
accounts.deactivate_account POST    administer of another
accounts.end_sessions_of  POST      administer of another
accounts.withdraw_devices_of POST   administer of another
accounts.hand_link        POST      administer of another
accounts.propose_reset    POST      administer of another
accounts.decide_reset     POST      administer of another
home.index                GET       own account
home.today                GET       read
search.search             GET       read
search.suggest            GET       read
review.index              GET       review
briefings.preview         GET       read one
briefings.facts           GET       download one
briefings.download        GET       download one
briefings.translate       GET       record one
briefings.save_translation POST     record one
releases.index            GET       read
releases.one              GET       read one
releases.release          POST      approve one
releases.withdraw         POST      approve one
ties.index                GET       read
ties.one                  GET       read one
ties.new                  GET,POST  record
ties.edit                 GET,POST  record one
ties.move                 POST      record one
memoranda.index           GET       read
memoranda.one             GET       read one
memoranda.commitment      GET       read one
memoranda.new             GET,POST  record
memoranda.edit            GET,POST  record one
memoranda.move            POST      record one
meetings.index            GET       read
meetings.one              GET       read one
meetings.new              GET,POST  record
meetings.edit             GET,POST  record one
meetings.file             POST      record one
meetings.move             POST      record one
actions.index             GET       read
actions.one               GET       read one
actions.new               GET,POST  record
actions.edit              GET,POST  record one
actions.move              POST      record one
actions.postpone          POST      record one
actions.undo              POST      record one
people.people             GET       read
people.person             GET       read one
people.new_person         GET,POST  record
people.edit_person        GET,POST  record one
people.posts              GET       read
people.post               GET       read one
people.new_post           GET,POST  record
people.edit_post          GET,POST  record one
organisations.index       GET       read
organisations.one         GET       read one
organisations.new         GET,POST  record
organisations.edit        GET,POST  record one
places.index              GET       read
places.one                GET       read one
places.new                GET,POST  record
places.edit               GET,POST  record one
instruments.index         GET       read
instruments.one           GET       read one
instruments.clause        GET       read one
instruments.new           GET,POST  record
instruments.edit          GET,POST  record one
statements.index          GET       read
statements.one            GET       read one
statements.new            GET,POST  record
statements.edit           GET,POST  record one
sources.index             GET       read
sources.one               GET       read one
sources.new               GET,POST  record
sources.edit              GET,POST  record one
obstacles.index           GET       read
obstacles.one             GET       read one
obstacles.new             GET,POST  record
obstacles.edit            GET,POST  record one
obstacles.move            POST      record one
mandates.mandates         GET       read
mandates.mandate          GET       read one
mandates.new_mandate      GET,POST  record
mandates.edit_mandate     GET,POST  record one
mandates.resolutions      GET       read
mandates.resolution       GET       read one
mandates.new_resolution   GET,POST  record
mandates.edit_resolution  GET,POST  record one
mandates.frameworks       GET       read
mandates.framework        GET       read one
mandates.new_framework    GET,POST  record
mandates.edit_framework   GET,POST  record one
mandates.terms            GET       read
mandates.term             GET       read one
mandates.new_term         GET,POST  record
mandates.edit_term        GET,POST  record one
documents.index           GET       read
documents.one             GET       read one
documents.new             GET,POST  record
documents.edit            GET,POST  record one
documents.new_version     GET,POST  record one
documents.file            GET       download one
audit.index               GET       audit
audit.entry               GET       audit of another
audit.access              GET       audit
audit.what_looks_wrong    GET       audit
audit.sample              GET       audit
audit.export              GET       audit
audit.export_file         GET       audit
audit.accounts            GET       administer
histories.one             GET       read one
bin.index                 GET       record
bin.one                   GET       record one
bin.remove                GET,POST  record one
bin.restore               POST      record one
bin.propose               POST      record one
bin.refuse                POST      record one
bin.destroy               POST      approve one
bin.rules                 GET       record
bin.set_rules             POST      approve
access.one                GET       read one
access.level              POST      record one
access.decide             POST      approve one
access.withdraw           POST      record one
access.name               POST      record one
access.end_naming         POST      record one
"""


def policies() -> dict[tuple[str, str], dict[str, str]]:
    """(policy, level) → role → answer."""
    table = {}
    for line in POLICIES.strip().splitlines()[1:]:
        words = line.split()
        *name, levels = words[: -len(ROLES)]
        for level in levels:
            table[" ".join(name), level] = dict(zip(ROLES, words[-len(ROLES) :], strict=True))
    return table


def endpoints() -> dict[tuple[str, str], str]:
    """(endpoint, method) → policy."""
    rows = [line.split(None, 2) for line in ENDPOINTS.strip().splitlines()]
    return {
        (endpoint, method): policy
        for endpoint, methods, policy in rows
        for method in methods.split(",")
    }
