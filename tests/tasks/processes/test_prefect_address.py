"""Test which certificates of a Prefect elsewhere are believed."""

from pathlib import Path

import pytest

from tasks.processes.prefect_address import PrefectAddress
from tests.tasks.https_servers import HttpsServer

REPORTS = '200 | [{"name": "worker-1", "status": "ONLINE"}]'


def test_a_prefect_behind_an_authority_of_the_council_is_believed_where_its_store_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with HttpsServer(REPORTS) as server:
        prefect = PrefectAddress(f"https://127.0.0.1:{server.port}/api", "daymark:secret", tmp_path)
        assert prefect.hears_of("daymark") is None
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        assert prefect.hears_of("daymark") is True
        assert prefect.client_environment["PREFECT_API_SSL_CERT_FILE"] == str(server.certificate)
