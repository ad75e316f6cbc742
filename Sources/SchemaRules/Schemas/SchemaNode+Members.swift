// A row has no JSON object; it has columns with field paths. These walks find the schemas that stand over a path: all
// of them must hold, as all that apply to a value must in JSON Schema.

extension SchemaNode {
  /// The schemas that together describe the value where it is an object: this one, those it refers to, and of `oneOf`
  /// and `anyOf` the alternative for objects where there is only one. (Several can't be told apart by path; rules over
  /// presence alone are judged by `PresenceRules`.)
  var objectParts: [SchemaNode] {
    var parts: [SchemaNode] = []
    for rule in rules {
      switch rule {
      case .reference(let target): parts += target.objectParts
      case .combination(.allOf, let all): parts += all.flatMap(\.objectParts)
      case .combination(_, let alternatives):
        let forObjects = alternatives.filter { $0.admits(.object) }
        if forObjects.count == 1 { parts += forObjects[0].objectParts }
      default: break
      }
    }
    return parts + [self]
  }

  /// The schemas of a member; `never` among them where it isn't allowed.
  fileprivate func member(_ name: String) -> [SchemaNode] {
    rules.flatMap { rule -> [SchemaNode] in
      switch rule {
      case .properties(let properties): properties.filter { $0.name == name }.map(\.schema)
      case .patternProperties(let properties): properties.filter { $0.pattern.matches(name) }.map(\.schema)
      case .additionalProperties(let schema, let besides, let patterns):
        besides.contains(name) || patterns.contains { $0.matches(name) } ? [] : [schema]
      default: []
      }
    }
  }

  fileprivate var isNever: Bool {
    if case .never? = rules.first { true } else { false }
  }
}

extension [SchemaNode] {
  /// The parts of all of them.
  var objectParts: [SchemaNode] { flatMap(\.objectParts) }

  /// The schemas that a member must keep; empty where it isn't known.
  func member(_ name: String) -> [SchemaNode] {
    let schemas = objectParts.flatMap { $0.member(name) }
    return schemas.contains(where: \.isNever) ? [] : schemas
  }

  /// Names of the known members, in the schema's order.
  var memberNames: [String] {
    var names: [String] = []
    for part in objectParts {
      for case .properties(let properties) in part.rules {
        for property in properties where !names.contains(property.name) { names.append(property.name) }
      }
    }
    return names
  }

  /// Whether any key may stand, with a scalar as its value.
  var isMap: Bool {
    objectParts.contains { part in
      part.rules.contains { rule in
        if case .additionalProperties(let schema, _, _) = rule { [schema].scalarKind != nil } else { false }
      }
    }
  }

  func admits(_ type: SchemaType) -> Bool { !isEmpty && allSatisfy { $0.admits(type) } }

  /// What the text of a field stands for: a string or an integer where the schemas allow one of them and not the other.
  var scalarKind: FieldRule.Kind? {
    switch (admits(.string), admits(.integer)) {
    case (true, false): .string
    case (false, true): .integer
    default: nil
    }
  }

  /// The schemas at a field path: of each step's object and member; `nil` where one isn't known.
  ///
  /// The last step into a map takes the rest of the path as its key.
  func steps(to path: String) -> [(object: String, member: String, schemas: [SchemaNode])]? {
    var steps: [(object: String, member: String, schemas: [SchemaNode])] = []
    var schemas = self
    var object = ""
    var rest = path[...]
    while !rest.isEmpty {
      let name = schemas.isMap ? String(rest) : String(rest.prefix { $0 != "." })
      rest = rest.dropFirst(name.count)
      if rest.first == "." {
        rest = rest.dropFirst()
        if rest.isEmpty { return nil }
      }
      schemas = schemas.member(name)
      if schemas.isEmpty || name.isEmpty { return nil }
      steps.append((object, name, schemas))
      object = object.isEmpty ? name : object + "." + name
    }
    return steps.isEmpty ? nil : steps
  }

  /// Field paths of all scalars, each under `prefix`.
  func leafPaths(under prefix: String) -> [String] {
    var paths: [String] = []
    for name in memberNames {
      let schemas = member(name)
      if schemas.scalarKind != nil { paths.append(prefix + name) }
      if schemas.admits(.object) { paths += schemas.leafPaths(under: prefix + name + ".") }
    }
    return isMap ? paths + [prefix + "*"] : paths
  }
}
