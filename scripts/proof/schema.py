"""A small validator for the JSON Schemas of the folder schemas/. A keyword that it doesn't know is an error."""

import json
import re
from datetime import date

NOTES = {"$schema", "title", "description", "examples", "$comment", "$defs", "$id", "default"}
EMAIL = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"(?=.{1,253}\Z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")


class Schemas:
    """The schemas of a folder by their file names."""

    def __init__(self, folder):
        self.documents = {path.name: json.loads(path.read_text()) for path in folder.glob("*.schema.json")}

    def faults(self, name, value):
        """What is wrong with a value, as `pointer: words`; empty where nothing is."""
        found = []
        self._check(self.documents[name], value, "", name, found)
        return found

    def _check(self, schema, value, at, home, found):
        for keyword, rule in schema.items():
            if keyword in NOTES:
                continue
            method = getattr(self, "_" + keyword.lstrip("$"), None)
            if method is None:
                raise ValueError(f"{home}: keyword {keyword} is not known here")
            method(rule, value, at, home, found, schema)

    def _valid(self, schema, value, home):
        found = []
        self._check(schema, value, "", home, found)
        return not found

    def _ref(self, rule, value, at, home, found, schema):
        file, _, pointer = rule.partition("#")
        home = file or home
        target = self.documents[home]
        for step in pointer.split("/")[1:]:
            target = target[step]
        self._check(target, value, at, home, found)

    def _type(self, rule, value, at, home, found, schema):
        kinds = {"object": dict, "string": str, "integer": int, "array": list, "number": (int, float), "boolean": bool,
                 "null": type(None)}
        names = [rule] if isinstance(rule, str) else rule
        if not any(isinstance(value, kinds[name]) and (name == "boolean" or not isinstance(value, bool)) for name in names):
            found.append(f"{at}: no {' or '.join(names)}")

    def _properties(self, rule, value, at, home, found, schema):
        if isinstance(value, dict):
            for name, inner in rule.items():
                if name in value:
                    self._check(inner, value[name], f"{at}/{name}", home, found)

    def _additionalProperties(self, rule, value, at, home, found, schema):
        if not isinstance(value, dict):
            return
        for name in value.keys() - schema.get("properties", {}).keys():
            if rule is False:
                found.append(f"{at}/{name}: not known")
            elif rule is not True:
                self._check(rule, value[name], f"{at}/{name}", home, found)

    def _propertyNames(self, rule, value, at, home, found, schema):
        if isinstance(value, dict):
            for name in value:
                self._check(rule, name, f"{at}/{name}", home, found)

    def _maxProperties(self, rule, value, at, home, found, schema):
        if isinstance(value, dict) and len(value) > rule:
            found.append(f"{at}: more than {rule} members")

    def _required(self, rule, value, at, home, found, schema):
        if isinstance(value, dict):
            found += [f"{at}/{name}: missing" for name in rule if name not in value]

    def _dependentRequired(self, rule, value, at, home, found, schema):
        if isinstance(value, dict):
            for name, needed in rule.items():
                if name in value:
                    found += [f"{at}/{other}: missing beside {name}" for other in needed if other not in value]

    def _oneOf(self, rule, value, at, home, found, schema):
        matching = sum(self._valid(inner, value, home) for inner in rule)
        if matching != 1:
            found.append(f"{at}: fits {matching} of the forms, not one")

    def _anyOf(self, rule, value, at, home, found, schema):
        if not any(self._valid(inner, value, home) for inner in rule):
            found.append(f"{at}: fits none of the forms")

    def _not(self, rule, value, at, home, found, schema):
        if self._valid(rule, value, home):
            found.append(f"{at}: is what it must not be")

    def _enum(self, rule, value, at, home, found, schema):
        if value not in rule:
            found.append(f"{at}: none of {rule}")

    def _pattern(self, rule, value, at, home, found, schema):
        if isinstance(value, str) and not re.search(rule.replace("$", r"\Z"), value, re.ASCII):
            found.append(f"{at}: does not match {rule}")

    def _format(self, rule, value, at, home, found, schema):
        if not isinstance(value, str):
            return
        fits = {"date": is_date, "email": lambda text: EMAIL.match(text) is not None}[rule](value)
        if not fits:
            found.append(f"{at}: no {rule}")

    def _items(self, rule, value, at, home, found, schema):
        if isinstance(value, list):
            for index, element in enumerate(value):
                self._check(rule, element, f"{at}/{index}", home, found)

    def _minLength(self, rule, value, at, home, found, schema):
        if isinstance(value, str) and len(value) < rule:
            found.append(f"{at}: shorter than {rule}")

    def _maxLength(self, rule, value, at, home, found, schema):
        if isinstance(value, str) and len(value) > rule:
            found.append(f"{at}: longer than {rule}")

    def _minimum(self, rule, value, at, home, found, schema):
        if isinstance(value, (int, float)) and value < rule:
            found.append(f"{at}: less than {rule}")

    def _maximum(self, rule, value, at, home, found, schema):
        if isinstance(value, (int, float)) and value > rule:
            found.append(f"{at}: more than {rule}")


def is_date(text):
    """Whether the text is a day of the calendar, YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
