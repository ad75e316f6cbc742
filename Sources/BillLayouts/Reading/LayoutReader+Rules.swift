import BillModel
import SchemaRules

/// Whether the rules of a layout are ones that their fields can keep or break.
extension LayoutReader {
  /// What becomes of bills of zero and less.
  mutating func route(_ root: JSONPlace, _ layout: inout Layout) {
    func routing(_ place: JSONPlace?) -> BillRouting? { place?.string.flatMap { BillRouting(rawValue: $0) } }
    let (zero, negative) = (root["zero_bills"], root["negative_bills"])
    for place in [zero, negative].compactMap({ $0 }) where layout.operation != .bill && layout.operation != .mixed {
      note(place, "is for the operations bill and mixed only.")
    }
    layout.rules.negativeBills = routing(negative) ?? .refuse
    // Who says what becomes of less than nothing takes nothing for nothing.
    layout.rules.zeroBills = routing(zero) ?? (layout.rules.negativeBills == .refuse ? .refuse : .skip)
    if let zero, layout.rules.negativeBills != .refuse, layout.rules.zeroBills == .refuse {
      note(zero, "must be skip or balance where \"negative_bills\" says what becomes of less than 0.")
    }
  }

  /// How corrected bills are called.
  mutating func corrections(_ place: JSONPlace?, _ operation: OperationKind) -> CorrectionSeries {
    guard let place else { return .standard }
    if operation != .correct, operation != .void, operation != .mixed {
      note(place, "is for the operations correct, void and mixed only.")
    }
    guard let pattern = place.string else { return .standard }
    if let series = CorrectionSeries(pattern) { return series }
    note(
      place,
      "must begin with {reference} and have {n} once, something between them that doesn't end in a digit, and be at most "
        + "\(CorrectionSeries.longestAddition) characters longer than the reference: {reference}-R{n}.")
    return .standard
  }

  mutating func checkRules(_ layout: Layout, _ catalog: FieldCatalog, _ rules: JSONPlace?) {
    for (path, place) in rules?.members ?? [] {
      guard let field = catalog.field(path) else {
        note(place, Self.unknownPath(path, catalog))
        continue
      }
      if path.hasSuffix(".*") { note(place, "Name the key: metadata.period.") }
      checkKeywords(place, path, field.rules.rule.kind)
      checkBounds(place)
      guard case .mapped(let mapping) = layout.columns, place["required"]?.value.bool != true else { continue }
      if !isFilled(path, mapping, layout) { note(place, "is about a field that \"fields\" doesn't fill.") }
    }
  }

  /// Whether a field gets values; columns that nobody names may become any metadata.
  private func isFilled(_ path: String, _ mapping: Mapping, _ layout: Layout) -> Bool {
    if mapping.fields.contains(where: { $0.path == path }) { return true }
    guard case .csv(let form) = layout.form, form.otherColumns == .metadata else { return false }
    return path.hasPrefix("metadata.")
  }

  private mutating func checkKeywords(_ place: JSONPlace, _ path: String, _ kind: FieldRule.Kind) {
    let isNumber = kind == .integer
    for (keyword, member) in place.members {
      switch keyword {
      case "pattern", "minLength", "maxLength":
        if isNumber { note(member, "is for texts, and \(path) is a number: minimum, maximum or enum.") }
      case "minimum", "maximum":
        if !isNumber { note(member, "is for numbers, and \(path) is a text.") }
      case "enum":
        for choice in member.elements where (choice.value.integer != nil) != isNumber {
          note(
            choice, isNumber ? "\(path) is a number: write it without quotes." : "\(path) is a text: put it in quotes.")
        }
      default: break
      }
    }
    if let pattern = place["pattern"], let source = pattern.string {
      do throws(PatternError) { _ = try CompiledPattern(source) } catch { note(pattern, "\(error).") }
    }
  }

  private mutating func checkBounds(_ place: JSONPlace) {
    for (least, most) in [("minLength", "maxLength"), ("minimum", "maximum")] {
      if let low = place[least]?.integer, let high = place[most]?.integer, low > high {
        note(place, "allows nothing: \"\(least)\" is more than \"\(most)\".")
      }
    }
  }
}
