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

  let plan: RowPlan
  let fingerprints: Fingerprints
  let policy: DuplicatePolicy
  let fetcher: RecordFetcher

  /// The rows of one reference.
  private struct Group {
    /// The values of its first row.
    var firstRow: [UInt8]
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
  }

  /// Decides on the candidates of one round, which holds every row of each reference in it.
  func resolve(_ candidates: [ReferenceLog.Candidate], _ verdicts: inout Verdicts) throws(IntakeError) {
    guard let reference = plan.reference, !candidates.isEmpty else { return }
    var groups = ExactGroups<Group>()
    var rows: [Row] = []
    var scratch: [UInt8] = []
    try fetcher.fetch(candidates.map(\.record).sorted()) { batch, record throws(IntakeError) in
      let cells = RowCells(batch, record)
      values(cells, into: &scratch)
      var row = Row(record: UInt32(record.number), line: record.line, money: plan.money(cells))
      let fingerprint = fingerprints.key(cells[reference])
      if let known = groups.find(fingerprint, cells[reference]) {
        row.group = known
        row.isFirst = false
        row.isSame = groups.payloads[known].firstRow == scratch
        groups.update(known) { $0.add(row, mostLines: Self.mostLines) }
      } else {
        row.group = groups.payloads.count
        groups.insert(fingerprint, cells[reference], Group(firstRow: scratch, lines: [record.line]))
      }
      rows.append(row)
    }
    for row in rows {
      let group = groups.payloads[row.group]
      guard let cause = cause(row, group) else { continue }
      let code: FindingCode = if case .duplicateRow = cause { .fileDuplicateRow } else { .fileDuplicateReference }
      let draft = FindingDraft(
        code: code, record: row.record, line: row.line, column: reference, cause: cause,
        value: Array(groups.key(of: row.group).prefix(FindingDraft.longestValue)))
      try verdicts.reject(draft, money: row.money)
    }
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
