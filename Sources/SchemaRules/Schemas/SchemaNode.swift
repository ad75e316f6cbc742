/// One compiled schema or subschema.
struct SchemaNode: Sendable {
  /// Where it stands.
  let place: SchemaPlace
  var title: String?
  var description: String?
  var examples: [JSONValue] = []
  /// In the order of the schema.
  var rules: [SchemaRule] = []

  init(place: SchemaPlace) { self.place = place }

  /// Whether the schema allows values of a type at all, as far as `type` says so, here or in what it refers to.
  func admits(_ type: SchemaType) -> Bool {
    rules.allSatisfy { rule in
      switch rule {
      case .never: false
      case .types(let types): types.contains(type) || type == .integer && types.contains(.number)
      case .choices(let values, _): values.contains { type.admits($0) }
      case .reference(let target): target.admits(type)
      case .combination(.allOf, let parts): parts.allSatisfy { $0.admits(type) }
      case .combination(_, let parts): parts.contains { $0.admits(type) }
      default: true
      }
    }
  }

  /// Its title, or that of what it refers to.
  var name: String? {
    if let title { return title }
    for case .reference(let target) in rules { return target.name }
    return nil
  }
}
