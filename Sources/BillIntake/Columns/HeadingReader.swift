import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Makes a plan of a heading row, or says why there can be none.
struct HeadingReader: Sendable {
  let catalog: FieldCatalog
  var operation = OperationKind.bill
  var rules = MerchantRules()
  var variants: [RowVariant] = []

  /// Most unknown headings for which the name that was meant is looked for: a row of ten thousand is no bill file, and
  /// its check must end soon.
  static let mostHints = 100

  /// What a heading row turned out to be.
  enum Outcome: Sendable {
    case plan(RowPlan)
    /// The file can't be read under these headings: all that is wrong with them.
    case rejected([Finding])
  }

  /// Reads the headings.
  ///
  /// - Throws: `SchemaError` as `RowPlan` does.
  func read(_ names: [String], line: Int) throws(SchemaError) -> Outcome {
    if isRow(names) { return .rejected([HeadingText.absent(names.count, line: line)]) }
    var findings: [Finding] = []
    var columns: [ColumnPlan] = []
    var bit = 0
    var columnOf: [String: Int] = [:]
    let hints = hintSearch(names)
    for (index, name) in names.enumerated() {
      let first = columnOf[name]
      if first == nil { columnOf[name] = index }
      if let first, !name.isEmpty {
        findings.append(HeadingText.repeated(name, columns: first + 1, index + 1, line: line))
      } else if FieldCatalog.reasonColumns.contains(name) {
        columns.append(ColumnPlan(heading: name, rules: nil, path: nil, bit: 0))
      } else if let key = FieldCatalog.markKey(name) {
        findings.append(HeadingText.markKey(name, key: key, line: line))
      } else if let key = catalog.keyFault(name) {
        findings.append(HeadingText.badKey(name, key: key.key, fault: key.fault, rule: key.rule, line: line))
      } else if let field = catalog.field(name) {
        columns.append(ColumnPlan(heading: name, rules: field.rules, path: field.path, bit: bit))
        bit += 1
      } else {
        findings.append(
          HeadingText.unknown(
            name, column: index + 1, isOnly: names.count == 1, nearest: hints(name), known: catalog.names, line: line))
      }
    }
    if bit > ColumnSet.capacity { findings.append(HeadingText.tooMany(bit, limit: ColumnSet.capacity, line: line)) }
    guard findings.isEmpty else { return .rejected(findings) }
    let plan = try RowPlan(operation, columns: columns, schema: catalog.schema, rules: rules, variants: variants)
    let missing = missingHeadings(plan, line: line)
    return missing.isEmpty ? .plan(plan) : .rejected(missing)
  }

  /// Whether these are the values of a row: none is a heading that is known, and one is a number, a date or an address.
  private func isRow(_ names: [String]) -> Bool {
    guard names.count > 1 else { return false }
    let isKnown = names.contains { name in
      FieldCatalog.reasonColumns.contains(name) || catalog.keyFault(name) != nil || catalog.field(name) != nil
    }
    return !isKnown && names.contains(where: Self.isValue)
  }

  /// Three digits at least, and nothing but what numbers and dates have; or an address.
  static func isValue(_ text: String) -> Bool {
    if text.contains("@") { return true }
    let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits >= 3 && text.utf8.allSatisfy { "0123456789.,-+/: ;|\t".utf8.contains($0) }
  }

  /// Finds the known name, not among `names`, that was meant by a heading: for the first `mostHints` of them.
  private func hintSearch(_ names: [String]) -> (String) -> String? {
    let taken = Set(names)
    let free = catalog.namesForHints.filter { !taken.contains($0) }
    var left = Self.mostHints
    return { name in
      guard left > 0 else { return nil }
      left -= 1
      return NearestName.of(name, among: free)
    }
  }

  private func missingHeadings(_ plan: RowPlan, line: Int) -> [Finding] {
    plan.presence.alwaysMissing.map { HeadingText.missing($0.paths, of: $0.object, line: line) }
  }
}
