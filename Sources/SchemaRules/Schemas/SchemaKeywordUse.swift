/// A keyword with its value at its place, and the readings of the value.
struct SchemaKeywordUse {
  let keyword: SchemaKeyword
  let value: JSONValue
  let place: SchemaPlace

  func malformed(_ expected: String) -> SchemaError {
    place.error(.malformed(keyword: keyword.rawValue, expected: expected))
  }

  func unsupported(_ why: String) -> SchemaError {
    place.error(.unsupported(keyword: keyword.rawValue, why: why + " is not supported"))
  }

  func string() throws(SchemaError) -> String {
    guard let text = value.string else { throw malformed("a string") }
    return text
  }

  func array() throws(SchemaError) -> [JSONValue] {
    guard let elements = value.array else { throw malformed("an array") }
    return elements
  }

  func object() throws(SchemaError) -> JSONObject {
    guard let object = value.object else { throw malformed("an object") }
    return object
  }

  /// The rule of a keyword without subschemas.
  func leafRule() throws(SchemaError) -> SchemaRule {
    if let size = SchemaRule.Size(rawValue: keyword.rawValue) { return .size(size, try count()) }
    if let bound = SchemaRule.Bound(rawValue: keyword.rawValue) { return .bound(bound, try number()) }
    switch keyword {
    case .type: return .types(try types())
    case .enumeration: return .choices(try array(), keyword: keyword)
    case .const: return .choices([value], keyword: keyword)
    case .format: return .format(try format())
    case .required: return .required(try names(value))
    case .dependentRequired: return .dependentRequired(try dependencies())
    case .uniqueItems:
      guard value.bool == true else { throw unsupported("anything but true") }
      return .uniqueItems
    default: throw unsupported("this use")
    }
  }

  private func count() throws(SchemaError) -> Int {
    guard let count = value.integer, count >= 0 else { throw malformed("an integer from 0") }
    return Int(count)
  }

  private func number() throws(SchemaError) -> JSONDecimal {
    switch value {
    case .integer(let number): return JSONDecimal(number)
    case .decimal(let number): return number
    default: throw malformed("a number")
    }
  }

  private func types() throws(SchemaError) -> [SchemaType] {
    let names = value.array ?? [value]
    let types = names.compactMap { $0.string.flatMap { SchemaType(rawValue: $0) } }
    guard types.count == names.count, !types.isEmpty else {
      throw malformed("the name of a type, or several in an array")
    }
    return types
  }

  private func format() throws(SchemaError) -> SchemaFormat {
    let name = try string()
    guard let format = SchemaFormat(rawValue: name) else { throw unsupported("the format \"\(name)\"") }
    return format
  }

  private func names(_ value: JSONValue) throws(SchemaError) -> [String] {
    let names = value.array?.compactMap(\.string)
    guard let names, names.count == value.array?.count else { throw malformed("an array of strings") }
    return names
  }

  private func dependencies() throws(SchemaError) -> [SchemaRule.Dependency] {
    var dependencies: [SchemaRule.Dependency] = []
    for member in try object().members {
      dependencies.append(SchemaRule.Dependency(name: member.key, needed: try names(member.value)))
    }
    return dependencies
  }
}
