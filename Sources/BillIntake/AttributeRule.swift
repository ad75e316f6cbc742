import BillModel

/// A party is described by the first row that stands and names it; where a later one says something else of it, that
/// is told once, and the first row's description is what is sent.
struct AttributeRule {
  let plan: RowPlan
  let kind: PartyKind
  /// Fingerprints of the parties to look at.
  let parties: Set<UInt64>

  private struct Description {
    /// Each attribute that has a value: its name and its value, each with its length before it.
    var attributes: [UInt8]
    var record: UInt32
    var line: Int
    var isTold = false
  }

  func apply(
    to rows: StandingRows, _ verdicts: inout Verdicts, _ origins: inout PartyOrigins
  ) throws(IntakeError) {
    var groups = ExactGroups<Description>()
    var scratch: [UInt8] = []
    let isWanted: @Sendable (RowFacts) -> Bool = { [kind, parties] in
      kind == .account
        ? $0.hasAccount && parties.contains($0.account) : $0.hasCustomer && parties.contains($0.customer)
    }
    try rows.forEach(&verdicts, where: isWanted) { row, verdicts throws(IntakeError) in
      guard let party = party(in: row) else { return }
      let fingerprint = kind == .account ? row.facts.account : row.facts.customer
      attributes(party, row.cells, into: &scratch)
      guard let known = groups.find(fingerprint, row.cells[party.reference]) else {
        let first = Description(attributes: scratch, record: row.record, line: row.line)
        groups.insert(fingerprint, row.cells[party.reference], first)
        return
      }
      let first = groups.payloads[known]
      guard first.attributes != scratch else { return }
      origins.note(kind, of: row.record, first: first.record)
      guard !first.isTold else { return }
      groups.update(known) { $0.isTold = true }
      try verdicts.warn(draft(row, party, against: first))
    }
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

  private func attributes(_ party: PartyColumns, _ cells: RowCells, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    for attribute in party.attributes where !cells[attribute.column].isEmpty {
      Self.append(attribute.name.utf8, to: &bytes)
      Self.append(cells[attribute.column], to: &bytes)
    }
  }

  private func draft(_ row: StandingRows.Row, _ party: PartyColumns, against first: Description) -> FindingDraft {
    let known = Self.values(first.attributes)
    let columns = party.attributes.filter { attribute in
      !row.cells[attribute.column].elementsEqual(known[attribute.name] ?? [])
    }.map(\.column)
    let column = columns.first ?? party.reference
    return FindingDraft(
      code: .partyAttributesDiffer, severity: .warning, record: row.record, line: row.line, column: column,
      cause: .attributesDiffer(columns: columns, firstLine: first.line, isAccount: kind == .account),
      value: Array(row.cells[column].prefix(FindingDraft.longestValue)))
  }

  private static func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(text.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
  }

  /// The attributes by their names.
  private static func values(_ bytes: [UInt8]) -> [String: [UInt8]] {
    var parts: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self)) }
      parts.append(Array(bytes[start + 4..<start + 4 + count]))
      start += 4 + count
    }
    return Dictionary(
      stride(from: 0, to: parts.count - 1, by: 2).map { (String(decoding: parts[$0], as: UTF8.self), parts[$0 + 1]) },
      uniquingKeysWith: { first, _ in first })
  }
}
