"""Hold the login of the session's Prefect server, and a client that asks it patiently."""

import ssl

import httpx

LOGIN = "daymark:of-the-tests"
AUTH = httpx.BasicAuth(*LOGIN.split(":"))
# Patient: on a busy machine an answer takes longer than the five seconds that httpx waits by itself. And without the
# usual authorities, of which loopback shows none: to read them takes a twentieth of a second for each question.
to_prefect = httpx.Client(timeout=60, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), trust_env=False)
