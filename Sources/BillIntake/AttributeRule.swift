import BillModel

/// A party is described by the first row that stands and names it. What that row leaves empty says nothing: later rows
/// that contradict nothing fill it. Where a later one says something else, that is told once, and is not sent.
struct AttributeRule {
  let plan: RowPlan
  let kind: PartyKind
  /// Fingerprints of the parties to look at.
  let parties: Set<UInt64>

  /// Metadata pairs that a party has at most, so that filling makes none that the API refuses.
  private static let mostMetadata = 20

  /// A row that filled what was empty before it.
  private struct Filling {
    var record: UInt32
    var line: Int
    var names: Set<String>
  }

  private struct Description {
    var attributes: StatedAttributes
    var record: UInt32
    var line: Int
    var fillings: [Filling] = []
    var isTold = false

    /// The line that says what is known of an attribute.
    func line(of name: String) -> Int { fillings.first { $0.names.contains(name) }?.line ?? line }
  }

  func apply(
    to rows: StandingRows, _ verdicts: inout Verdicts, _ origins: inout PartyOrigins
  ) throws(IntakeError) {
    var groups = ExactGroups<Description>()
    var scratch = StatedAttributes()
    var filled: Set<UInt64> = []
    try rows.forEach(&verdicts, where: isWanted(parties)) { row, verdicts throws(IntakeError) in
      guard let party = party(in: row) else { return }
      let fingerprint = fingerprint(of: row)
      scratch.read(party, row.cells)
      guard let known = groups.find(fingerprint, row.cells[party.reference]) else {
        let first = Description(attributes: scratch, record: row.record, line: row.line)
        groups.insert(fingerprint, row.cells[party.reference], first)
        return
      }
      let first = groups.payloads[known]
      guard first.attributes != scratch else { return }
      origins.note(kind, of: row.record, first: first.record)
      if scratch.isPart(of: first.attributes) { return }
      if let whole = first.attributes.filled(by: scratch, mostMetadata: Self.mostMetadata) {
        let names = scratch.names.subtracting(first.attributes.names)
        groups.update(known) {
          $0.attributes = whole
          $0.fillings.append(Filling(record: row.record, line: row.line, names: names))
        }
        filled.insert(fingerprint)
        return
      }
      guard !first.isTold else { return }
      groups.update(known) { $0.isTold = true }
      try verdicts.warn(draft(row, party, against: first))
    }
    if !filled.isEmpty { try noteFilled(filled, groups, rows, &verdicts, &origins) }
  }

  /// Rows that stand before what filled their party's description are described by it too.
  private func noteFilled(
    _ filled: Set<UInt64>, _ groups: ExactGroups<Description>, _ rows: StandingRows,
    _ verdicts: inout Verdicts, _ origins: inout PartyOrigins
  ) throws(IntakeError) {
    for first in groups.payloads where !first.fillings.isEmpty {
      origins.note(kind, first: first.record, filledBy: first.fillings.map(\.record))
    }
    try rows.forEach(&verdicts, where: isWanted(filled)) { row, _ throws(IntakeError) in
      guard let party = party(in: row), let known = groups.find(fingerprint(of: row), row.cells[party.reference]),
        let last = groups.payloads[known].fillings.last, row.record < last.record
      else { return }
      origins.note(kind, of: row.record, first: groups.payloads[known].record)
    }
  }

  private func isWanted(_ parties: Set<UInt64>) -> @Sendable (RowFacts) -> Bool {
    { [kind] in
      kind == .account
        ? $0.hasAccount && parties.contains($0.account) : $0.hasCustomer && parties.contains($0.customer)
    }
  }

  private func fingerprint(of row: StandingRows.Row) -> UInt64 {
    kind == .account ? row.facts.account : row.facts.customer
  }

  /// The columns that describe the row's party of this kind, or `nil` where it names none.
  private func party(in row: StandingRows.Row) -> PartyColumns? {
    switch kind {
    case .account: return row.facts.hasAccount ? plan.account : nil
    case .customer:
      guard row.facts.hasCustomer else { return nil }
      return row.facts.hasAccount ? plan.accountCustomer : plan.customer
    }
  }

  private func draft(_ row: StandingRows.Row, _ party: PartyColumns, against first: Description) -> FindingDraft {
    let said = party.attributes.filter { !row.cells[$0.column].isEmpty }
    var columns = said.filter { attribute in
      first.attributes[attribute.name].map { !row.cells[attribute.column].elementsEqual($0) } ?? false
    }
    // There would be too much metadata of one party: what is new in it is not sent.
    if columns.isEmpty { columns = said.filter { first.attributes[$0.name] == nil } }
    let lines = columns.map { first.line(of: $0.name) }
    return FindingDraft(
      code: .partyAttributesDiffer, severity: .warning, record: row.record, line: row.line, column: columns[0].column,
      cause: .attributesDiffer(
        columns: zip(columns, lines).filter { $0.1 == lines[0] }.map(\.0.column), firstLine: lines[0],
        isAccount: kind == .account),
      value: Array(row.cells[columns[0].column].prefix(FindingDraft.longestValue)))
  }
}
