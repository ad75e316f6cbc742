/// Compiles a document and those that it refers to.
struct SchemaCompiler {
  private let resolving: (String) -> [UInt8]?
  private var documents: [String: JSONValue] = [:]
  /// Equal patterns share their tables.
  private var patterns: [String: CompiledPattern] = [:]
  /// The schemas that are being compiled, outermost first: one that refers to one of them would never end.
  private var path: [SchemaPlace] = []

  init(resolving: @escaping (String) -> [UInt8]?) { self.resolving = resolving }

  mutating func compileDocument(_ json: [UInt8]) throws(SchemaError) -> SchemaNode {
    let root = SchemaPlace(document: "", pointer: "")
    let value = try parse(json, root)
    documents[""] = value
    return try compile(value, root)
  }

  private func parse(_ json: [UInt8], _ place: SchemaPlace) throws(SchemaError) -> JSONValue {
    do {
      return try JSONValue(parsing: json)
    } catch {
      throw place.error(.notJSON(error))
    }
  }

  mutating func compile(_ value: JSONValue, _ place: SchemaPlace) throws(SchemaError) -> SchemaNode {
    var node = SchemaNode(place: place)
    switch value {
    case .bool(true): break
    case .bool(false): node.rules = [.never]
    case .object(let schema):
      path.append(place)
      defer { path.removeLast() }
      for member in schema.members {
        guard let keyword = SchemaKeyword(rawValue: member.key) else {
          throw place.appending(member.key).error(.unknownKeyword(member.key))
        }
        let use = SchemaKeywordUse(keyword: keyword, value: member.value, place: place.appending(member.key))
        try compile(use, in: schema, into: &node)
      }
    default: throw place.error(.malformed(keyword: "schema", expected: "an object or a truth value"))
    }
    return node
  }

  private mutating func compile(
    _ use: SchemaKeywordUse, in schema: JSONObject, into node: inout SchemaNode
  ) throws(SchemaError) {
    switch use.keyword {
    case .schema, .id, .comment, .default: break
    case .title: node.title = try use.string()
    case .description: node.description = try use.string()
    case .examples: node.examples = try use.array()
    case .definitions: _ = try compileMembers(use)
    default: node.rules.append(try compileRule(use, in: schema))
    }
  }

  private mutating func compileRule(
    _ use: SchemaKeywordUse, in schema: JSONObject
  ) throws(SchemaError) -> SchemaRule {
    switch use.keyword {
    case .properties:
      return .properties(try compileMembers(use).map { SchemaRule.Property(name: $0.0, schema: $0.1) })
    case .patternProperties: return .patternProperties(try compilePatternProperties(use))
    case .additionalProperties: return try compileAdditional(use, in: schema)
    case .propertyNames: return .propertyNames(try compile(use.value, use.place))
    case .items: return .items(try compile(use.value, use.place))
    case .allOf: return .combination(.allOf, try compileElements(use))
    case .anyOf: return .combination(.anyOf, try compileElements(use))
    case .oneOf: return .combination(.oneOf, try compileElements(use))
    case .not: return .not(try compile(use.value, use.place))
    case .reference: return .reference(try compileReference(use))
    case .pattern: return .pattern(try pattern(try use.string(), use.place))
    default: return try use.leafRule()
    }
  }

  // MARK: Subschemas

  private mutating func compileMembers(_ use: SchemaKeywordUse) throws(SchemaError) -> [(String, SchemaNode)] {
    var compiled: [(String, SchemaNode)] = []
    for member in try use.object().members {
      compiled.append((member.key, try compile(member.value, use.place.appending(member.key))))
    }
    return compiled
  }

  private mutating func compileElements(_ use: SchemaKeywordUse) throws(SchemaError) -> [SchemaNode] {
    let elements = try use.array()
    if elements.isEmpty { throw use.malformed("an array with at least one schema") }
    var compiled: [SchemaNode] = []
    for (index, element) in elements.enumerated() {
      compiled.append(try compile(element, use.place.appending(String(index))))
    }
    return compiled
  }

  private mutating func compilePatternProperties(
    _ use: SchemaKeywordUse
  ) throws(SchemaError) -> [SchemaRule.PropertyPattern] {
    var compiled: [SchemaRule.PropertyPattern] = []
    for (source, schema) in try compileMembers(use) {
      compiled.append(SchemaRule.PropertyPattern(pattern: try pattern(source, schema.place), schema: schema))
    }
    return compiled
  }

  private mutating func compileAdditional(
    _ use: SchemaKeywordUse, in schema: JSONObject
  ) throws(SchemaError) -> SchemaRule {
    let known = schema["properties"]?.object?.members.map(\.key) ?? []
    var besides: [CompiledPattern] = []
    for member in schema["patternProperties"]?.object?.members ?? [] {
      besides.append(try pattern(member.key, use.place))
    }
    return .additionalProperties(try compile(use.value, use.place), besides: Set(known), patterns: besides)
  }

  private mutating func pattern(_ source: String, _ place: SchemaPlace) throws(SchemaError) -> CompiledPattern {
    if let known = patterns[source] { return known }
    do {
      let compiled = try CompiledPattern(source)
      patterns[source] = compiled
      return compiled
    } catch {
      throw place.error(.pattern(error))
    }
  }

  // MARK: References

  /// `name`, `name#/pointer` or `#/pointer`; the name as `resolving` knows it.
  private mutating func compileReference(_ use: SchemaKeywordUse) throws(SchemaError) -> SchemaNode {
    let reference = try use.string()
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts[0].isEmpty ? use.place.document : String(parts[0])
    let pointer = parts.count > 1 ? parts[1] : ""
    if pointer.contains("%") { throw use.unsupported("percent escapes in a reference") }
    guard let keys = JSONPointer.keys(pointer) else { throw use.unsupported("references by anchor") }
    guard let document = try document(named: name, use) else { throw use.place.error(.unresolvedReference(reference)) }
    var place = SchemaPlace(document: name, pointer: "")
    var value = document
    for key in keys {
      guard
        let inner = value[key]
          ?? Int(key).flatMap({ index in
            value.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
          })
      else { throw use.place.error(.unresolvedReference(reference)) }
      value = inner
      place = place.appending(key)
    }
    if path.contains(place) { throw use.unsupported("a schema that refers to itself") }
    return try compile(value, place)
  }

  private mutating func document(
    named name: String, _ use: SchemaKeywordUse
  ) throws(SchemaError) -> JSONValue? {
    if let known = documents[name] { return known }
    guard let json = resolving(name) else { return nil }
    let value = try parse(json, SchemaPlace(document: name, pointer: ""))
    documents[name] = value
    return value
  }
}
