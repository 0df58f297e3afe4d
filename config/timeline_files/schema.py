"""Make the JSON Schemas of both files from their shapes, for editors that help with writing."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from config.timeline_files.pack_shapes import PackShape
from config.timeline_files.timeline_shapes import TimelineShape, holdings
from config.timeline_files.words import one_or_more

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES = {"timeline": "A council's timeline", "rule_pack": "A rule pack"}


class _AsWritten(GenerateJsonSchema):
    """Give schemas of the text in the file, where pydantic would describe the values it is read as."""

    def bool_schema(self, _schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [True, False, "true", "false"]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Allow text and numbers: our reader takes every plain value as text, an editor takes a number as a number."""
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": "^[0-9]{1,4}$"}

    def time_schema(self, _schema: core_schema.TimeSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "description": "Such as 08:30."}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Allow a list with a single entry to be written without brackets."""
        listed = super().function_before_schema(schema)
        reads = schema["function"]["function"]
        if reads is one_or_more:
            return {"anyOf": [listed["items"], {**listed, "minItems": 1}]}
        if reads is holdings:
            word = {"type": "string", "description": "A post."}
            entry = {"anyOf": [word, listed["items"]]}
            return {"anyOf": [*entry["anyOf"], {**listed, "items": entry}]}
        return listed

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out default values: they are not text of the file."""
        return self.generate_inner(schema["schema"])


def schemas() -> dict[str, dict[str, Any]]:
    """Make the schemas of a timeline and of a rule pack (JSON Schema, draft 2020-12)."""
    return {"timeline": _relaxed(_schema("timeline", TimelineShape)), "rule_pack": _schema("rule_pack", PackShape)}


def _schema(name: str, shape: type[PackShape] | type[TimelineShape]) -> dict[str, Any]:
    made = shape.model_json_schema(by_alias=True, schema_generator=_AsWritten, mode="validation")
    return {"$schema": DIALECT, **made, "title": _TITLES[name]}


def _relaxed(made: dict[str, Any]) -> dict[str, Any]:
    """Require the keys of a timeline only when it is not like another, which may have them."""
    needed = made.pop("required")
    return {**made, "if": {"not": {"required": ["like"]}}, "then": {"required": needed}}
