import BillModel

/// A party is described by the first row that stands and names it; where a later one says something else of it, that
/// is told once, and the first row's description is what is sent. What a row leaves empty says nothing.
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
      guard !first.isTold, !Self.isPart(scratch, of: first.attributes) else { return }
      let others = columns(of: row, party, otherThan: first)
      guard !others.isEmpty else { return }
      groups.update(known) { $0.isTold = true }
      try verdicts.warn(draft(row, others, against: first))
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

  /// The columns in which a row says something that the first one doesn't.
  private func columns(
    of row: StandingRows.Row, _ party: PartyColumns, otherThan first: Description
  ) -> [Int] {
    let known = Self.values(first.attributes)
    return party.attributes.filter { attribute in
      let cell = row.cells[attribute.column]
      return !cell.isEmpty && !cell.elementsEqual(known[attribute.name] ?? [])
    }.map(\.column)
  }

  private func draft(_ row: StandingRows.Row, _ columns: [Int], against first: Description) -> FindingDraft {
    FindingDraft(
      code: .partyAttributesDiffer, severity: .warning, record: row.record, line: row.line, column: columns[0],
      cause: .attributesDiffer(columns: columns, firstLine: first.line, isAccount: kind == .account),
      value: Array(row.cells[columns[0]].prefix(FindingDraft.longestValue)))
  }

  /// Whether all that one description says stands in another one, in the same order.
  private static func isPart(_ bytes: [UInt8], of whole: [UInt8]) -> Bool {
    var (start, place) = (0, 0)
    while start < bytes.count {
      let end = endOfAttribute(bytes, start)
      var isFound = false
      while !isFound, place < whole.count {
        let next = endOfAttribute(whole, place)
        isFound = bytes[start..<end] == whole[place..<next]
        place = next
      }
      if !isFound { return false }
      start = end
    }
    return true
  }

  /// Where an attribute ends that begins there: its name and its value.
  private static func endOfAttribute(_ bytes: [UInt8], _ start: Int) -> Int {
    let value = start + 4 + length(bytes, start)
    return value + 4 + length(bytes, value)
  }

  private static func length(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self)) }
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
      let count = length(bytes, start)
      parts.append(Array(bytes[start + 4..<start + 4 + count]))
      start += 4 + count
    }
    return Dictionary(
      stride(from: 0, to: parts.count - 1, by: 2).map { (String(decoding: parts[$0], as: UTF8.self), parts[$0 + 1]) },
      uniquingKeysWith: { first, _ in first })
  }
}
