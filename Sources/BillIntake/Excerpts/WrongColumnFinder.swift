import BillLayouts
package import BillModel

/// Finds the columns of which every value is wrong in its form, exactly: a value that is right would be broken by what
/// mends the others.
///
/// A record is settled for a column where its value is wrong, is missing, or can't be read. What the findings don't
/// settle is read again: the cell must be empty there.
struct WrongColumnFinder {
  /// Most records that are read again to look whether a cell is empty.
  private static let mostReadAgain = 100_000

  /// A column that may be wrong as a whole.
  private struct Candidate {
    let column: Int
    let code: FindingCode
    let path: String
    let heading: String
    let steps: [ConversionStep]
    /// Where its value stands in a record.
    let cell: Int
    var settled = RecordSet()
    var count = 0
    /// Whether nothing can mend all its values.
    var isLost = false
  }

  private let check: FileCheck
  private var candidates: [Candidate]

  init?(_ check: FileCheck) {
    guard let plan = check.plan, check.fileFindings.isEmpty, !check.stoppedEarly else { return nil }
    self.check = check
    candidates = plan.columns.indices.compactMap { Self.candidate($0, plan, check) }
    if candidates.isEmpty { return nil }
  }

  /// The columns, each value of which `take` has got with the path of its field.
  ///
  /// - Parameter take: Also gets values of columns that turn out not to be wrong as a whole; after a no, the column is
  ///   looked at no more.
  mutating func columns(
    _ take: (_ path: String, _ code: FindingCode, _ value: String) -> Bool, goesOn: () -> Bool
  ) throws(IntakeError) -> [WrongColumn] {
    var drafts = check.verdicts.spool.drafts()
    var read = 0
    while !candidates.isEmpty, let draft = try drafts.next() {
      read += 1
      if read % 4096 == 0, !goesOn() { return [] }
      var isLost = false
      for index in candidates.indices { isLost = !Self.settle(draft, &candidates[index], take) || isLost }
      if isLost { candidates.removeAll(where: \.isLost) }
    }
    var found: [WrongColumn] = []
    for candidate in candidates where candidate.count > 1 {
      guard try isEmptyElsewhere(candidate) else { continue }
      found.append(
        WrongColumn(
          code: candidate.code, path: candidate.path, heading: candidate.heading, count: candidate.count,
          steps: candidate.steps))
    }
    return found
  }

  /// `false` where the column need not be looked at any more.
  private static func settle(
    _ draft: FindingDraft, _ candidate: inout Candidate, _ take: (String, FindingCode, String) -> Bool
  ) -> Bool {
    if draft.column == candidate.column, draft.code == candidate.code, draft.severity == .error {
      guard candidate.settled.insert(draft.record) else { return true }
      candidate.count += 1
      candidate.isLost = !take(candidate.path, candidate.code, String(decoding: draft.value, as: UTF8.self))
    } else if draft.code.rawValue.hasPrefix("record."), draft.column == nil || draft.column == candidate.column {
      candidate.settled.insert(draft.record)
    } else if draft.column == candidate.column, draft.code == .amountRequired || draft.code == .dateRequired {
      candidate.settled.insert(draft.record)
    }
    return !candidate.isLost
  }

  /// Whether the records that no finding settles have no value in the column.
  private func isEmptyElsewhere(_ candidate: Candidate) throws(IntakeError) -> Bool {
    let missing = check.recordsRead - candidate.settled.count
    guard missing <= Self.mostReadAgain else { return false }
    guard missing > 0 else { return true }
    var wanted: [UInt32] = []
    for record in 1...UInt32(check.recordsRead) where !candidate.settled.contains(record) { wanted.append(record) }
    var isEmpty = true
    let fetcher = RecordFetcher(
      input: check.input, marks: check.marks, byteCount: check.text.byteCount, reading: check.reading)
    try fetcher.fetch(wanted) { batch, record throws(IntakeError) in
      if !RowCells(batch, record)[candidate.cell].isEmpty { isEmpty = false }
    }
    return isEmpty
  }

  // MARK: Candidates

  private static func candidate(_ column: Int, _ plan: RowPlan, _ check: FileCheck) -> Candidate? {
    guard let path = plan.columns[column].path, let code = code(path.attribute) else { return nil }
    // No column is wrong as a whole of which too few values are.
    let found = check.findingCounts.first { $0.code == code && $0.severity == .error }?.count ?? 0
    guard found > 1, found >= check.recordsRead / 4 || check.recordsRead <= mostReadAgain else { return nil }
    guard let mapped = plan.mapped else {
      return Candidate(
        column: column, code: code, path: path.description, heading: plan.columns[column].heading, steps: [],
        cell: column)
    }
    guard column < mapped.targetCount, case .column(.name(let heading)) = mapped.recipes[column].source,
      let cell = mapped.origins[column].first, mapped.origins[column].count == 1
    else { return nil }
    return Candidate(
      column: column, code: code, path: path.description, heading: heading, steps: mapped.recipes[column].steps,
      cell: cell)
  }

  private static func code(_ attribute: FieldPath.Attribute) -> FindingCode? {
    switch attribute {
    case .amountDue, .amountPaid, .paymentAmount: .amountFormat
    case .billDate, .dueDate: .dateFormat
    case .phone: .phoneFormat
    default: nil
    }
  }
}

extension FileCheck {
  /// The columns of which every value is wrong in its form, each value of which `take` has got with its field's path and
  /// what is found of it.
  ///
  /// - Parameters:
  ///   - take: Also gets values of columns that turn out not to be wrong as a whole. After a no, the column is none of
  ///     those that are looked for.
  ///   - goesOn: Asked now and then; after a no, nothing is found.
  /// - Throws: `IntakeError` where findings or rows can't be read again.
  package func wrongColumns(
    _ take: (_ path: String, _ code: FindingCode, _ value: String) -> Bool, goesOn: () -> Bool
  ) throws(IntakeError) -> [WrongColumn] {
    guard var finder = WrongColumnFinder(self) else { return [] }
    return try finder.columns(take, goesOn: goesOn)
  }
}
