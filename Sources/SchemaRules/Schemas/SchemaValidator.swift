/// Checks one value against one schema and collects what is wrong.
struct SchemaValidator {
  private(set) var violations: [SchemaViolation] = []
  /// Keys and indices from the root to the value at hand.
  private var path: [String] = []

  private init(path: [String]) { self.path = path }

  static func violations(of value: JSONValue, against schema: SchemaNode, path: [String] = []) -> [SchemaViolation] {
    var validator = SchemaValidator(path: path)
    validator.check(value, schema)
    return validator.violations
  }

  private mutating func report(_ keyword: String, _ message: String) {
    let pointer = path.reduce(into: "") { $0 += "/" + JSONPointer.escape($1) }
    violations.append(SchemaViolation(pointer: pointer, keyword: keyword, message: message))
  }

  private mutating func check(_ value: JSONValue, _ schema: SchemaNode) {
    for rule in schema.rules {
      if case .pattern(let pattern) = rule { check(value, pattern, schema.description) } else { check(value, rule) }
    }
  }

  private mutating func check(_ value: JSONValue, at key: String, _ schema: SchemaNode) {
    path.append(key)
    check(value, schema)
    path.removeLast()
  }

  private mutating func check(_ value: JSONValue, _ rule: SchemaRule) {
    switch rule {
    case .never: report("false", "is not allowed here")
    case .types(let types):
      if !types.contains(where: { $0.admits(value) }) {
        report("type", "must be of type " + types.map(\.rawValue).joined(separator: " or "))
      }
    case .choices(let choices, let keyword):
      if !choices.contains(value) {
        let texts = choices.map { String(decoding: $0.encoded, as: UTF8.self) }
        report(keyword.rawValue, (texts.count == 1 ? "must be " : "must be one of ") + texts.joined(separator: ", "))
      }
    case .size(let size, let limit): check(value, size, limit)
    case .pattern(let pattern): check(value, pattern, nil)
    case .format(let format): check(value, format)
    case .bound(let bound, let limit): check(value, bound, limit)
    case .required, .dependentRequired, .properties, .patternProperties, .additionalProperties, .propertyNames:
      if case .object(let object) = value { check(object, rule) }
    case .items(let schema):
      for (index, element) in (value.array ?? []).enumerated() { check(element, at: String(index), schema) }
    case .uniqueItems:
      if let elements = value.array, Set(elements).count < elements.count {
        report("uniqueItems", "must not have equal elements")
      }
    case .combination(let combination, let parts): check(value, combination, parts)
    case .not(let schema):
      if Self.violations(of: value, against: schema).isEmpty {
        report("not", "must not be " + (schema.name ?? "of the excluded form"))
      }
    case .reference(let schema): check(value, schema)
    }
  }
}

// MARK: - Scalars and sizes

extension SchemaValidator {
  private mutating func check(_ value: JSONValue, _ size: SchemaRule.Size, _ limit: Int) {
    let count: Int?
    let unit: String
    switch size {
    case .minLength, .maxLength: (count, unit) = (value.string?.unicodeScalars.count, "characters")
    case .minItems, .maxItems: (count, unit) = (value.array?.count, "elements")
    case .minProperties, .maxProperties: (count, unit) = (value.object?.count, "members")
    }
    guard let count else { return }
    switch size {
    case .minLength, .minItems, .minProperties:
      if count < limit { report(size.rawValue, "must have at least \(limit) \(unit), has \(count)") }
    case .maxLength, .maxItems, .maxProperties:
      if count > limit { report(size.rawValue, "must have at most \(limit) \(unit), has \(count)") }
    }
  }

  private mutating func check(_ value: JSONValue, _ pattern: CompiledPattern, _ description: String?) {
    guard let text = value.string, !pattern.matches(text) else { return }
    report("pattern", "must match \(pattern.source)\(description.map { " (\($0))" } ?? "")")
  }

  private mutating func check(_ value: JSONValue, _ format: SchemaFormat) {
    guard var text = value.string, let fault = text.withUTF8({ format.fault(in: $0) }) else { return }
    switch (format, fault) {
    case (.date, .dateImpossible): report("format", "must be a day that the calendar has")
    case (.date, _): report("format", "must be a date of the form YYYY-MM-DD")
    case (.email, _): report("format", "must be a mail address")
    }
  }

  private mutating func check(_ value: JSONValue, _ bound: SchemaRule.Bound, _ limit: JSONDecimal) {
    let number: JSONDecimal
    switch value {
    case .integer(let integer): number = JSONDecimal(integer)
    case .decimal(let decimal): number = decimal
    default: return
    }
    switch bound {
    case .minimum: if number < limit { report("minimum", "must be at least \(limit)") }
    case .maximum: if number > limit { report("maximum", "must be at most \(limit)") }
    case .exclusiveMinimum: if number <= limit { report("exclusiveMinimum", "must be greater than \(limit)") }
    case .exclusiveMaximum: if number >= limit { report("exclusiveMaximum", "must be less than \(limit)") }
    }
  }
}

// MARK: - Objects

extension SchemaValidator {
  private mutating func check(_ object: JSONObject, _ rule: SchemaRule) {
    switch rule {
    case .required(let names):
      for name in names where object[name] == nil { report("required", "must have the member \"\(name)\"") }
    case .dependentRequired(let dependencies):
      for dependency in dependencies where object[dependency.name] != nil {
        for name in dependency.needed where object[name] == nil {
          report("dependentRequired", "must have the member \"\(name)\" beside \"\(dependency.name)\"")
        }
      }
    case .properties(let properties):
      for property in properties {
        if let member = object[property.name] { check(member, at: property.name, property.schema) }
      }
    case .patternProperties(let patterns):
      for member in object.members {
        for property in patterns where property.pattern.matches(member.key) {
          check(member.value, at: member.key, property.schema)
        }
      }
    case .additionalProperties(let schema, let besides, let patterns):
      for member in object.members
      where !besides.contains(member.key) && !patterns.contains(where: { $0.matches(member.key) }) {
        checkAdditional(member, schema, besides)
      }
    case .propertyNames(let schema):
      for member in object.members { checkName(member.key, schema) }
    default: break
    }
  }

  private mutating func checkAdditional(_ member: JSONObject.Member, _ schema: SchemaNode, _ known: Set<String>) {
    path.append(member.key)
    if case .never? = schema.rules.first {
      report("additionalProperties", "is not a known member")
      violations[violations.count - 1].unknown = .init(name: member.key, known: known.sorted())
    } else {
      check(member.value, schema)
    }
    path.removeLast()
  }

  private mutating func checkName(_ name: String, _ schema: SchemaNode) {
    path.append(name)
    for violation in Self.violations(of: .string(name), against: schema, path: path) {
      report("propertyNames", "has a key that \(violation.message)")
    }
    path.removeLast()
  }
}

// MARK: - Combinations

extension SchemaValidator {
  private mutating func check(_ value: JSONValue, _ combination: SchemaRule.Combination, _ parts: [SchemaNode]) {
    if combination == .allOf {
      for part in parts { check(value, part) }
      return
    }
    let results = parts.map { Self.violations(of: value, against: $0, path: path) }
    let valid = results.count { $0.isEmpty }
    if valid == 1 || valid > 1 && combination == .anyOf { return }
    // Where only one alternative is for values of this type, what is wrong by it says more than "none".
    let candidates = parts.indices.filter { parts[$0].admits(value.type) }
    if valid == 0, candidates.count == 1 {
      violations += results[candidates[0]]
      return
    }
    let names = parts.map { $0.name ?? "the alternative \($0.place.pointer)" }.joined(separator: ", ")
    let count = combination == .oneOf ? "exactly one" : "at least one"
    report(combination.rawValue, "must be \(count) of: \(names); is \(valid == 0 ? "none" : "\(valid)") of them")
  }
}

extension JSONValue {
  fileprivate var type: SchemaType {
    switch self {
    case .null: .null
    case .bool: .boolean
    case .integer: .integer
    case .decimal(let number): number.isIntegral ? .integer : .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
