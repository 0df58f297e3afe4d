"""Start `notify` at once, for an answer that asks for help; if Prefect cannot be reached, its next tick will do."""

from config.settings import Settings

_LIMIT_SECONDS = 3.0


def wake_notify(settings: Settings) -> bool:
    """Ask the embedded Prefect server for a run of `notify` now; False when it could not be asked."""
    # Commands that record an answer import this module, and httpx takes a quarter of a second.
    import ssl

    import httpx

    try:
        name, _, password = settings.prefect_login().partition(":")
        ours = httpx.BasicAuth(name, password)
        # Without trust_env a proxy or a .netrc of the user would be asked first.
        with httpx.Client(
            base_url=settings.prefect_api_url,
            auth=ours,
            timeout=_LIMIT_SECONDS,
            trust_env=False,
            # On loopback nobody shows a certificate, and the usual authorities take a twentieth of a second to read.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        ) as prefect:
            deployment = prefect.get("/deployments/name/notify/notify").raise_for_status().json()
            prefect.post(f"/deployments/{deployment['id']}/create_flow_run", json={}).raise_for_status()
    except (httpx.HTTPError, OSError, KeyError, ValueError):
        return False
    return True
