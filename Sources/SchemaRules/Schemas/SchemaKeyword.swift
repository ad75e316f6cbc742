/// The supported keywords of JSON Schema draft 2020-12. Any other one is an error.
enum SchemaKeyword: String, CaseIterable, Sendable {
  // Annotations: they decide nothing. (`title`, `description` and `examples` are kept for messages.)
  case schema = "$schema"
  case id = "$id"
  case comment = "$comment"
  case definitions = "$defs"
  case title, description, examples
  case `default` = "default"

  // For values of any type.
  case type
  case enumeration = "enum"
  case const

  // For strings. Lengths are in code points.
  case minLength, maxLength, pattern, format

  // For numbers.
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum

  // For objects.
  case properties, patternProperties, additionalProperties, propertyNames
  case required, dependentRequired, minProperties, maxProperties

  // For arrays.
  case items, minItems, maxItems, uniqueItems

  // For schemas.
  case reference = "$ref"
  case allOf, anyOf, oneOf, not
}
