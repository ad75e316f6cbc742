import BillModel

/// A party is described by the first row that stands and names it. What that row leaves empty says nothing: later rows
/// that contradict nothing fill it. Where a later one says something else, that is told once, and is not sent.
struct AttributeRule {
  let plan: RowPlan
  let kind: PartyKind
  /// Fingerprints of the parties to look at.
  let parties: Set<UInt64>

  /// A row that filled what was empty before it.
  private struct Filling {
    var record: UInt32
    var line: Int
    /// A bit for each attribute by its place, the last one for all from the 64th on.
    var attributes: UInt64
    var content: Int
  }

  private struct Description {
    var attributes: StatedAttributes
    var record: UInt32
    var line: Int
    var fillings: [Filling] = []
    var isTold = false

    /// The line that says what is known of an attribute.
    func line(of attribute: Int) -> Int { fillings.first { $0.attributes & bit(attribute) != 0 }?.line ?? line }
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
      if let whole = first.attributes.filled(by: scratch, mostMetadata: plan.mostPartyMetadata) {
        let filling = filling(row, party, of: first)
        groups.update(known) {
          $0.attributes = whole
          $0.fillings.append(filling)
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
    for first in groups.payloads {
      for filling in first.fillings {
        origins.note(
          PartyOrigins.Filling(first: first.record, record: filling.record, content: filling.content, kind: kind))
      }
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

  private func filling(_ row: StandingRows.Row, _ party: PartyColumns, of first: Description) -> Filling {
    var attributes: UInt64 = 0
    for (place, attribute) in party.attributes.enumerated()
    where !row.cells[attribute.column].isEmpty && first.attributes[attribute.name] == nil {
      attributes |= bit(place)
    }
    return Filling(record: row.record, line: row.line, attributes: attributes, content: row.cells.digest())
  }

  private func draft(_ row: StandingRows.Row, _ party: PartyColumns, against first: Description) -> FindingDraft {
    let said = party.attributes.enumerated().filter { !row.cells[$0.element.column].isEmpty }
    var differing = said.filter { _, attribute in
      first.attributes[attribute.name].map { !row.cells[attribute.column].elementsEqual($0) } ?? false
    }
    // There would be too much metadata of one party: what is new in it is not sent.
    if differing.isEmpty { differing = said.filter { first.attributes[$0.element.name] == nil } }
    let columns = differing.map(\.element.column)
    let lines = differing.map { first.line(of: $0.offset) }
    return FindingDraft(
      code: .partyAttributesDiffer, severity: .warning, record: row.record, line: row.line, column: columns[0],
      cause: .attributesDiffer(
        columns: zip(columns, lines).filter { $0.1 == lines[0] }.map(\.0), firstLine: lines[0],
        isAccount: kind == .account),
      value: Array(row.cells[columns[0]].prefix(FindingDraft.longestValue)))
  }
}

/// The bit of an attribute by its place.
private func bit(_ attribute: Int) -> UInt64 { 1 << UInt64(min(attribute, UInt64.bitWidth - 1)) }
