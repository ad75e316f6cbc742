import BillLayouts
import BillModel
import Tabular

/// A reference stands once in a file. Identical rows: the first stands, the others are rejected. Differing rows: all
/// are rejected, or all but the first. Rows that are invalid anyway use their reference up too.
struct DuplicateRule {
  /// What a row takes while it is compared, its bytes apart.
  static let bytesARow = 160
  /// Most lines that a finding names.
  private static let mostLines = 5
  /// Most rows that are kept from the reading that groups them to the decision on each.
  private static let mostKept = 1 << 15

  let plan: RowPlan
  let fingerprints: Fingerprints
  let policy: DuplicatePolicy
  let fetcher: RecordFetcher

  /// The rows of one reference.
  private struct Group {
    /// The values of its first row.
    var firstRow: [UInt8]
    var firstRecord: UInt32
    var count = 1
    var differs = false
    /// The first few lines, one more than a finding names.
    var lines: [Int]

    mutating func add(_ row: Row, mostLines: Int) {
      count += 1
      differs = differs || !row.isSame
      if lines.count <= mostLines { lines.append(row.line) }
    }
  }

  private struct Row {
    var record: UInt32
    var line: Int
    var money: ReadMoney?
    var group = 0
    var isFirst = true
    /// Whether its values are those of its group's first row.
    var isSame = true
    /// By which operation's rules it is judged, from 1, in a file of several; else 0.
    var variant = 0
  }

  /// Decides on the candidates of one round, which holds every row of each reference in it.
  func resolve(_ candidates: [UInt32], _ verdicts: inout Verdicts) throws(IntakeError) {
    guard plan.unique != nil || plan.chooser != nil, !candidates.isEmpty else { return }
    let records = candidates.sorted()
    var groups = ExactGroups<Group>()
    var rows: [Row] = []
    var scratch: [UInt8] = []
    try fetcher.fetch(records) { batch, record throws(IntakeError) in
      let cells = RowCells(batch, record)
      values(cells, into: &scratch)
      let row = self.row(cells, record, scratch, groups)
      if row.isFirst {
        let first = Group(firstRow: scratch, firstRecord: row.record, lines: [record.line])
        withKey(of: cells) { groups.insert(fingerprints.key($0), $0, first) }
      } else {
        groups.update(row.group) { $0.add(row, mostLines: Self.mostLines) }
      }
      if records.count <= Self.mostKept { rows.append(row) }
    }
    for row in rows { try decide(row, groups, &verdicts) }
    guard records.count > Self.mostKept else { return }
    // More rows than are kept are read once more.
    try fetcher.fetch(records) { batch, record throws(IntakeError) in
      let cells = RowCells(batch, record)
      values(cells, into: &scratch)
      try decide(row(cells, record, scratch, groups), groups, &verdicts)
    }
  }

  /// Bytes behind a reference that say of which operation's rows it is.
  private static let markBytes = 2

  private func rules(of row: Row) -> RowPlan { row.variant == 0 ? plan : plan.variants[row.variant - 1] }

  /// The reference that stands once in a file; in a file of several operations once for each of them.
  private func withKey<Value>(of cells: RowCells, _ work: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    guard let place = plan.variant(cells) else {
      return work(plan.unique.map { cells[$0] } ?? UnsafeBufferPointer(start: nil, count: 0))
    }
    var key = plan.variants[place].unique.map { Array(cells[$0]) } ?? []
    key += [0, UInt8(place)]
    return key.withUnsafeBufferPointer(work)
  }

  private func row(
    _ cells: RowCells, _ record: RecordSpan, _ values: [UInt8], _ groups: borrowing ExactGroups<Group>
  ) -> Row {
    let number = UInt32(record.number)
    var row = Row(record: number, line: record.line, money: plan.money(cells), group: groups.payloads.count)
    row.variant = plan.variant(cells).map { $0 + 1 } ?? 0
    guard let known = withKey(of: cells, { groups.find(fingerprints.key($0), $0) }) else { return row }
    row.group = known
    row.isFirst = groups.payloads[known].firstRecord == number
    row.isSame = groups.payloads[known].firstRow == values
    return row
  }

  private func decide(
    _ row: Row, _ groups: borrowing ExactGroups<Group>, _ verdicts: inout Verdicts
  ) throws(IntakeError) {
    // A row that isn't there any more: the file has changed, which the second pass will find.
    guard row.group < groups.payloads.count, let cause = cause(row, groups.payloads[row.group]) else { return }
    let code: FindingCode = if case .duplicateRow = cause { .fileDuplicateRow } else { .fileDuplicateReference }
    let key = groups.key(of: row.group).dropLast(row.variant == 0 ? 0 : Self.markBytes)
    var draft = FindingDraft(
      code: code, record: row.record, line: row.line, column: rules(of: row).unique, cause: cause,
      value: Array(key.prefix(FindingDraft.longestValue)))
    draft.variant = UInt8(row.variant)
    try verdicts.reject(draft, money: row.money)
  }

  /// Why a row is rejected; `nil` where this rule has nothing against it.
  private func cause(_ row: Row, _ group: Group) -> FindingCause? {
    guard group.count > 1 else { return nil }
    if group.differs, policy == .reject {
      let others = group.lines.filter { $0 != row.line }.prefix(Self.mostLines)
      return .duplicateReference(lines: Array(others), others: group.count - 1, keepsFirst: false)
    }
    if row.isFirst { return nil }
    return row.isSame
      ? .duplicateRow(firstLine: group.lines[0])
      : .duplicateReference(lines: [group.lines[0]], others: 1, keepsFirst: true)
  }

  /// The values of a row, each with its length before it; without our own reason columns.
  private func values(_ cells: RowCells, into values: inout [UInt8]) {
    values.removeAll(keepingCapacity: true)
    let isWhole = cells.fields.count == plan.columns.count
    for column in cells.fields.indices where !isWhole || !plan.columns[column].isPassedOver {
      let cell = cells[column]
      withUnsafeBytes(of: UInt32(cell.count)) { values.append(contentsOf: $0) }
      values.append(contentsOf: cell)
    }
  }
}
