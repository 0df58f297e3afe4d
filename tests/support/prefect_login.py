"""The login of the session's Prefect server."""

import httpx

LOGIN = "daymark:of-the-tests"
AUTH = httpx.BasicAuth(*LOGIN.split(":"))
