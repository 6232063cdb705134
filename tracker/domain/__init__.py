"""The law: what is true of ties, memoranda, meetings and actions, whatever stores or shows it.

Nothing in here knows a web request, a database, a clock or the environment.
"""
