"""Facts and a language go in, paper comes out; nothing here knows of a database or a request."""
