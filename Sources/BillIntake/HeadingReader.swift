import BillModel
import SchemaRules
import Tabular

/// Makes a plan of a heading row, or says why there can be none.
struct HeadingReader: Sendable {
  let catalog: FieldCatalog

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
    var findings: [Finding] = []
    var columns: [ColumnPlan] = []
    var bit = 0
    for (index, name) in names.enumerated() {
      if let first = names[..<index].firstIndex(of: name), !name.isEmpty {
        findings.append(HeadingText.repeated(name, columns: first + 1, index + 1, line: line))
      } else if FieldCatalog.reasonColumns.contains(name) {
        columns.append(ColumnPlan(heading: name, rules: nil, path: nil, bit: 0))
      } else if let key = catalog.keyFault(name) {
        findings.append(HeadingText.badKey(name, key: key.key, fault: key.fault, rule: key.rule, line: line))
      } else if let field = catalog.field(name) {
        columns.append(ColumnPlan(heading: name, rules: field.rules, path: field.path, bit: bit))
        bit += 1
      } else {
        findings.append(unknown(name, at: index, of: names, line: line))
      }
    }
    if bit > ColumnSet.capacity { findings.append(HeadingText.tooMany(bit, limit: ColumnSet.capacity, line: line)) }
    guard findings.isEmpty else { return .rejected(findings) }
    let plan = try RowPlan(columns: columns, schema: catalog.schema)
    let missing = missingHeadings(plan, line: line)
    return missing.isEmpty ? .plan(plan) : .rejected(missing)
  }

  private func unknown(_ name: String, at index: Int, of names: [String], line: Int) -> Finding {
    let near = NearestName.of(name, among: catalog.namesForHints.filter { !names.contains($0) })
    return HeadingText.unknown(
      name, column: index + 1, isOnly: names.count == 1, nearest: near, known: catalog.names, line: line)
  }

  private func missingHeadings(_ plan: RowPlan, line: Int) -> [Finding] {
    missingFields(plan).map { HeadingText.missing($0.paths, of: $0.object, line: line) }
  }

  /// The paths of what is missing whatever a row holds: one of each.
  func missing(_ plan: RowPlan) -> [[String]] { missingFields(plan).map(\.paths) }

  /// What is missing even in a row in which every column holds a value.
  private func missingFields(_ plan: RowPlan) -> [(paths: [String], object: String)] {
    var all = ColumnSet()
    for bit in plan.presence.columns.indices { all.insert(bit) }
    return plan.presence.check(all).compactMap { fault in
      switch fault {
      case .missing(let path, let object): ([path], object)
      case .noneOf(let paths, let object): (paths, object)
      case .needs, .bothForms, .severalOf, .excluded, .tooMany, .tooFew: nil
      }
    }
  }
}
