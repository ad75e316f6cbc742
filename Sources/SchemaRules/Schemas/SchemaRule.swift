/// One compiled keyword of a schema. What a keyword needs of its neighbours it carries.
indirect enum SchemaRule: Sendable {
  struct Property: Sendable {
    let name: String
    let schema: SchemaNode
  }

  struct PropertyPattern: Sendable {
    let pattern: CompiledPattern
    let schema: SchemaNode
  }

  struct Dependency: Sendable {
    let name: String
    let needed: [String]
  }

  enum Bound: String, Sendable {
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum
  }

  enum Size: String, Sendable {
    case minLength, maxLength, minItems, maxItems, minProperties, maxProperties
  }

  enum Combination: String, Sendable {
    case allOf, anyOf, oneOf
  }

  /// The schema `false`.
  case never
  case types([SchemaType])
  /// `enum`, and `const` as one of one.
  case choices([JSONValue], keyword: SchemaKeyword)
  case size(Size, Int)
  case pattern(CompiledPattern)
  case format(SchemaFormat)
  case bound(Bound, JSONDecimal)
  case required([String])
  case dependentRequired([Dependency])
  case properties([Property])
  case patternProperties([PropertyPattern])
  case additionalProperties(SchemaNode, besides: Set<String>, patterns: [CompiledPattern])
  case propertyNames(SchemaNode)
  case items(SchemaNode)
  case uniqueItems
  case combination(Combination, [SchemaNode])
  case not(SchemaNode)
  case reference(SchemaNode)
}
