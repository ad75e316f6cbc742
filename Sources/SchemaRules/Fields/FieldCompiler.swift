/// Turns the schemas over one scalar into its rule and its tests.
struct FieldCompiler {
  /// No text has so many characters: a bound from here on is this one.
  private static let endless = 1 << 40

  private(set) var rule: FieldRule
  private var groups: [FieldProgram] = []
  private var steps: [FieldStep] = []
  private var storages: [PatternStorage] = []
  private var patterns: [CompiledPattern] = []
  private var formats: [SchemaFormat] = []
  private var exclusions: [SchemaNode] = []
  private var alternatives: [(exactlyOne: Bool, schemas: [SchemaNode])] = []

  init(_ schemas: [SchemaNode], kind: FieldRule.Kind) {
    rule = FieldRule(kind: kind)
    let type: SchemaType = kind == .integer ? .integer : .string
    for schema in schemas { collect(schema, type) }
    dropImpliedAlternatives(schemas, type)
    addTests()
    for excluded in exclusions { addExclusion(excluded) }
    for (exactlyOne, forms) in alternatives { addAlternatives(forms, exactlyOne) }
  }

  func field(path: String) -> CompiledField { CompiledField(program: program(path: path)) }

  private func program(path: String) -> FieldProgram {
    FieldProgram(path: path, rule: rule, steps: steps, groups: groups, storages: storages)
  }

  /// Notes a schema's rules, and those of what it refers to. Rules for other types don't concern a scalar.
  private mutating func collect(_ schema: SchemaNode, _ type: SchemaType) {
    rule.title = rule.title ?? schema.title
    rule.description = rule.description ?? schema.description
    if rule.examples.isEmpty { rule.examples = schema.examples.map(Self.text) }
    for schemaRule in schema.rules {
      switch schemaRule {
      case .reference(let target): collect(target, type)
      case .combination(.allOf, let parts): for part in parts { collect(part, type) }
      case .combination(let combination, let parts):
        let forms = parts.filter { $0.admits(type) }
        if forms.count == 1 {
          collect(forms[0], type)
        } else {
          alternatives.append((combination == .oneOf, forms))
        }
      case .not(let excluded): if excluded.admits(type) { exclusions.append(excluded) }
      case .choices(let values, _): restrict(to: values.filter { type.admits($0) }.map(Self.text))
      case .never: restrict(to: [])
      default: type == .integer ? collectNumber(schemaRule) : collectText(schemaRule, schema)
      }
    }
  }

  private mutating func collectNumber(_ schemaRule: SchemaRule) {
    guard case .bound(let bound, let limit) = schemaRule else { return }
    let up = limit.integer(roundedUp: true)
    let down = limit.integer(roundedUp: false)
    switch bound {
    case .minimum: rule.minimum = max(rule.minimum ?? .min, up)
    case .exclusiveMinimum: rule.minimum = max(rule.minimum ?? .min, down == .max ? .max : down + 1)
    case .maximum: rule.maximum = min(rule.maximum ?? .max, down)
    case .exclusiveMaximum: rule.maximum = min(rule.maximum ?? .max, up == .min ? .min : up - 1)
    }
  }

  private mutating func collectText(_ schemaRule: SchemaRule, _ schema: SchemaNode) {
    switch schemaRule {
    case .size(.minLength, let limit): rule.minLength = max(rule.minLength ?? 0, min(limit, Self.endless))
    case .size(.maxLength, let limit): rule.maxLength = min(rule.maxLength ?? .max, limit)
    case .pattern(let pattern):
      patterns.append(pattern)
      rule.patterns.append(FieldRule.Pattern(source: pattern.source, note: schema.description))
    case .format(let format):
      formats.append(format)
      rule.format = format.rawValue
    default: break
    }
  }

  private mutating func restrict(to choices: [String]) {
    rule.choices = rule.choices.map { known in known.filter(choices.contains) } ?? choices
  }

  private static func text(_ value: JSONValue) -> String {
    value.string ?? String(decoding: value.encoded, as: UTF8.self)
  }

  /// Several forms of which one is demanded elsewhere anyway, say nothing more: an account's customer may be an id or
  /// a reference, and in a bill it must be an id.
  private mutating func dropImpliedAlternatives(_ schemas: [SchemaNode], _ type: SchemaType) {
    let demanded = schemas.flatMap { $0.demanded(type) }
    alternatives.removeAll { forms in
      !forms.exactlyOne && forms.schemas.contains { $0.demanded(type).contains(where: demanded.contains) }
    }
  }

  /// In order: type and range, length, patterns, formats, choices.
  private mutating func addTests() {
    if rule.kind == .integer {
      steps.append(.integer(minimum: rule.minimum ?? .min, maximum: rule.maximum ?? .max))
    }
    if rule.minLength ?? 0 > 0 || rule.maxLength != nil {
      steps.append(.length(minimum: rule.minLength ?? 0, maximum: rule.maxLength ?? .max))
    }
    for (index, pattern) in patterns.enumerated() { steps.append(.pattern(pattern.storage.matcher, index: index)) }
    storages = patterns.map(\.storage)
    steps += formats.map { .format($0) }
    if rule.choices != nil { steps.append(.choice) }
  }

  private mutating func addExclusion(_ excluded: SchemaNode) {
    let inner = FieldCompiler([excluded], kind: rule.kind)
    let index = rule.exclusions.count
    if inner.steps.count == 1, case .pattern(let matcher, _) = inner.steps[0] {
      steps.append(.excludedPattern(matcher, index: index))
      storages += inner.storages
    } else {
      steps.append(.excluded(group: groups.count, index: index))
      groups.append(inner.program(path: ""))
    }
    let source = inner.rule.patterns.map(\.source).joined(separator: " ")
    rule.exclusions.append(FieldRule.Pattern(source: source, note: excluded.title ?? excluded.description))
  }

  private mutating func addAlternatives(_ forms: [SchemaNode], _ exactlyOne: Bool) {
    let first = groups.count
    for form in forms {
      groups.append(FieldCompiler([form], kind: rule.kind).program(path: ""))
      rule.alternatives.append(form.name ?? form.place.pointer)
    }
    steps.append(.alternatives(groups: first..<groups.count, exactlyOne: exactlyOne))
  }
}

extension SchemaNode {
  /// Places of the schemas that a scalar of this type must keep in any case.
  fileprivate func demanded(_ type: SchemaType) -> [SchemaPlace] {
    [place]
      + rules.flatMap { rule -> [SchemaPlace] in
        switch rule {
        case .reference(let target): return target.demanded(type)
        case .combination(.allOf, let parts): return parts.flatMap { $0.demanded(type) }
        case .combination(_, let parts):
          let forms = parts.filter { $0.admits(type) }
          return forms.count == 1 ? forms[0].demanded(type) : []
        default: return []
        }
      }
  }
}
