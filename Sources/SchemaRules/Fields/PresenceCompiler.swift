/// Compiles the rules about presence for a list of columns.
struct PresenceCompiler {
  /// An object that some column lies in.
  private struct Object {
    let path: String
    let schemas: [SchemaNode]
    /// The columns in it.
    var under = ColumnSet()
    /// The column that stands for the whole of it (an id).
    var whole = ColumnSet()
    /// Members by name, in the order of the columns.
    var members: [(name: String, columns: ColumnSet)] = []

    func columns(of member: String) -> ColumnSet {
      members.first { $0.name == member }?.columns ?? ColumnSet()
    }

    func memberPath(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
  }

  private let columns: [String]
  private var objects: [Object]
  private var tests: [PresenceTest] = []
  private var faults: [PresenceFault] = []
  private var sets: [ColumnSet] = []
  private var alternatives: [Range<Int>] = []

  init(root: SchemaNode, columns: [String]) {
    self.columns = columns
    objects = [Object(path: "", schemas: [root])]
    for (index, column) in columns.prefix(ColumnSet.capacity).enumerated() { place(column, index) }
  }

  mutating func compile() throws(SchemaError) -> PresenceRules {
    for object in objects {
      if !object.path.isEmpty { addBothForms(object) }
      let parts = object.schemas.objectParts
      // Where several parts say how many members there may be, one fault is enough.
      if let most = parts.flatMap(\.rules).compactMap(\.mostMembers).min() {
        addMembers(object.path.isEmpty ? nil : object.under, object, 0, most)
      }
      for part in parts {
        for rule in part.rules { try add(rule, of: part, object) }
      }
    }
    return PresenceRules(
      columns: columns, tests: tests, faults: faults, sets: sets, alternatives: alternatives,
      objects: objects.map(\.path))
  }

  // MARK: Columns

  /// Enters a column into every object on its path.
  private mutating func place(_ column: String, _ index: Int) {
    for step in objects[0].schemas.steps(to: column) ?? [] {
      let owner = position(of: step.object)
      objects[owner].under.insert(index)
      if let member = objects[owner].members.firstIndex(where: { $0.name == step.member }) {
        objects[owner].members[member].columns.insert(index)
      } else {
        var own = ColumnSet()
        own.insert(index)
        objects[owner].members.append((step.member, own))
      }
      guard step.schemas.admits(.object) else { continue }
      let path = objects[owner].memberPath(step.member)
      if !objects.contains(where: { $0.path == path }) { objects.append(Object(path: path, schemas: step.schemas)) }
      if path == column { objects[position(of: path)].whole.insert(index) }
    }
  }

  private func position(of path: String) -> Int { objects.firstIndex { $0.path == path } ?? 0 }

  // MARK: Rules

  private mutating func add(_ rule: SchemaRule, of schema: SchemaNode, _ object: Object) throws(SchemaError) {
    let given = object.path.isEmpty ? nil : object.under
    switch rule {
    case .required(let names):
      for name in names {
        let fault = PresenceFault.missing(path: object.memberPath(name), object: object.path)
        addNeeds(given, object.columns(of: name), fault)
      }
    case .dependentRequired(let dependencies):
      for dependency in dependencies { addDependency(dependency, object) }
    case .size(.minProperties, let limit): addMembers(given, object, limit, .max)
    case .combination(let combination, let forms) where combination != .allOf:
      let forObjects = forms.filter { $0.admits(.object) }
      if forObjects.count > 1 { try addAlternatives(given, combination, forObjects, object) }
    case .not(let excluded):
      if excluded.admits(.object) { try addExcluded(excluded, object) }
    case .choices: throw Self.unsupported(schema)
    default: break
    }
  }

  private mutating func addBothForms(_ object: Object) {
    guard !object.whole.isEmpty, !object.under.isEmpty else { return }
    let first = sets.count
    sets += [object.whole, object.under]
    tests.append(.excluded(sets: first..<sets.count, fault: faults.count))
    faults.append(.bothForms(path: object.path))
  }

  private mutating func addNeeds(_ given: ColumnSet?, _ needed: ColumnSet, _ fault: PresenceFault) {
    tests.append(.needs(given: given, needed: needed, fault: faults.count))
    faults.append(fault)
  }

  private mutating func addDependency(_ dependency: SchemaRule.Dependency, _ object: Object) {
    let given = object.columns(of: dependency.name)
    if given.isEmpty { return }
    for name in dependency.needed {
      let fault = PresenceFault.needs(path: object.memberPath(dependency.name), needed: object.memberPath(name))
      addNeeds(given, object.columns(of: name), fault)
    }
  }

  private mutating func addMembers(_ given: ColumnSet?, _ object: Object, _ minimum: Int, _ maximum: Int) {
    let first = sets.count
    sets += object.members.map(\.columns)
    if object.members.count <= maximum, minimum <= 1, given != nil { return }
    tests.append(
      .members(
        given: given, sets: first..<sets.count, minimum: minimum, maximum: maximum,
        object: position(of: object.path)))
  }

  private mutating func addAlternatives(
    _ given: ColumnSet?, _ combination: SchemaRule.Combination, _ forms: [SchemaNode], _ object: Object
  ) throws(SchemaError) {
    let first = alternatives.count
    var paths: [String] = []
    for form in forms {
      let names = try Self.requiredAlone(form)
      let start = sets.count
      sets += names.map(object.columns)
      alternatives.append(start..<sets.count)
      paths += names.map(object.memberPath)
    }
    let range = first..<alternatives.count
    tests.append(
      .alternatives(given: given, range, exactlyOne: combination == .oneOf, fault: faults.count))
    faults += [.noneOf(paths, object: object.path), .severalOf(paths, object: object.path)]
  }

  private mutating func addExcluded(_ excluded: SchemaNode, _ object: Object) throws(SchemaError) {
    let names = try Self.requiredAlone(excluded)
    let first = sets.count
    sets += names.map(object.columns)
    tests.append(.excluded(sets: first..<sets.count, fault: faults.count))
    faults.append(.excluded(names.map(object.memberPath), object: object.path))
  }

  /// The members that a schema demands, where it says nothing else of an object.
  private static func requiredAlone(_ schema: SchemaNode) throws(SchemaError) -> [String] {
    var names: [String] = []
    for rule in schema.rules {
      switch rule {
      case .required(let required): names += required
      case .types: break
      default: throw unsupported(schema)
      }
    }
    return names
  }

  private static func unsupported(_ schema: SchemaNode) -> SchemaError {
    schema.place.error(
      .unsupported(
        keyword: "oneOf, anyOf, not or enum",
        why: "for rows, a rule over a whole object that looks at more than presence is not supported"))
  }
}

extension SchemaRule {
  /// How many members an object may have by this rule; `nil` where it says nothing of that.
  fileprivate var mostMembers: Int? { if case .size(.maxProperties, let limit) = self { limit } else { nil } }
}
