"""Word the faults of settings, as sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from config import values
from config.channels import signs_in_by_oauth


def sentences(faults: ValidationError, fields: Mapping[str, FieldInfo]) -> Iterator[str]:
    """Word each fault, never with a secret's value; `fields` are the settings by name."""
    for fault in faults.errors():
        if not fault["loc"]:
            yield str(fault["ctx"]["error"])
        # A default that depends on a faulty setting is no fault of its own.
        elif fault["type"] != "default_factory_not_called":
            yield _sentence(str(fault["loc"][0]), fault, fields)


def _sentence(name: str, fault: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    field = fields.get(name)
    if field is None:
        return f"DAYMARK_{name.upper()} is not a setting."
    explained = fault.get("ctx", {}).get("error")
    if isinstance(explained, values.Explained):
        return f"DAYMARK_{name.upper()} cannot be used: {explained}."
    value = fault["input"]
    secret = "SecretStr" in str(field.annotation) or not field.repr
    problem = "cannot be used" if secret else f"is {str(value)!r}"
    return f"DAYMARK_{name.upper()} {problem}: expected {field.description}."


def refuse_a_shared_port(ports: Mapping[str, int]) -> None:
    """Raise ValueError with a sentence when two of these settings, by name, are the same port."""
    for port in ports.values():
        sharing = [f"DAYMARK_{name.upper()}" for name in ports if ports[name] == port]
        if len(sharing) > 1:
            raise ValueError(f"{' and '.join(sharing)} are both {port}: expected a port for each.")


def refuse_oauth_by_halves(given: Mapping[str, Any]) -> None:
    """Raise ValueError with a sentence when mail is to leave by OAuth2, and the app registration is not whole."""
    if lacking := _lacking_for_oauth(given):
        raise ValueError(
            f"DAYMARK_MAIL_URL sends by OAuth2: expected {' and '.join(lacking)}, too (docs/exchange-online.md)."
        )


def _lacking_for_oauth(given: Mapping[str, Any]) -> list[str]:
    """List what sending by OAuth2 lacks; the registration that reads the mailbox may send, too."""
    if not signs_in_by_oauth(given["mail_url"]):
        return []
    whose = "mail" if given["mail_client_id"] or not given["imap_client_id"] else "imap"
    lacking = [f"DAYMARK_{whose}_{name}" for name in ("client_id", "client_secret") if not given[f"{whose}_{name}"]]
    tenant = given["mail_tenant"] or given["imap_tenant"]
    return [name.upper() for name in (lacking if tenant else ["DAYMARK_mail_tenant", *lacking])]
