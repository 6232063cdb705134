"""One flaw for each rule of `rules.yml`, each on the line below its name. Never imported."""
# ruff: noqa

import hashlib
import os
import pickle
import random
import subprocess
import xml.etree.ElementTree
from pathlib import Path

from flask import make_response, redirect, render_template_string, request
from markupsafe import Markup
from sqlalchemy import text


def flaws(session, form, meeting):
    # statement-from-text
    session.execute(f"SELECT * FROM meetings WHERE title = '{form.title}'")
    # statement-from-text
    session.scalar(text(f"SELECT id FROM meetings ORDER BY {request.args['by']}"))
    # markup-from-text
    Markup(f"<b>{form.title.data}</b>")
    # template-from-text
    render_template_string(form.title.data)
    # code-from-data
    pickle.loads(request.data)
    # code-from-data
    eval(form.title.data)
    # through-a-shell
    subprocess.run("convert " + form.title.data, shell=True)
    # through-a-shell
    os.system(form.title.data)
    # whole-form-onto-an-object
    form.populate_obj(meeting)
    # guessable-secret
    random.getrandbits(128)
    # weak-digest
    hashlib.md5(b"")
    # unlimited-xml
    xml.etree.ElementTree.fromstring(request.data)
    # request-into-file
    Path(request.form["name"])
    response = make_response("")
    # request-into-header
    response.headers["X-Name"] = request.args["name"]
    target = request.args.get("next")
    # request-into-redirect
    return redirect(target)
