import BillLayouts
import BillModel
import Tabular
import Threads

/// A reference stands once in a file. Identical rows: the first stands, the others are rejected. Differing rows: all
/// are rejected, or all but the first. Rows that are invalid anyway use their reference up too.
struct DuplicateRule {
  /// What a row takes while it is compared, its bytes apart.
  static let bytesARow = 288
  /// Most lines that a finding names.
  private static let mostLines = 5
  /// Most rows that are kept from the reading that groups them to the decision on each.
  private static let mostKept = 1 << 15
  /// Fewer rows than these are read on one thread.
  private static let leastAThread = 256

  let plan: RowPlan
  let fingerprints: Fingerprints
  let policy: DuplicatePolicy
  let fetcher: RecordFetcher
  let threads: Int

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

  /// A row as it was read again.
  private struct Row: Sendable {
    var record: UInt32
    var line: Int
    var money: ReadMoney?
    /// By which operation's rules it is judged, from 1, in a file of several; else 0.
    var variant: Int
    /// What stands once in a file.
    var key: [UInt8]
    var fingerprint: UInt64
    var values: [UInt8]
    var group = 0
    var isFirst = true
    /// Whether its values are those of its group's first row.
    var isSame = true
  }

  /// Decides on the candidates of one round, which holds every row of each reference in it.
  func resolve(_ candidates: [UInt32], _ verdicts: inout Verdicts) throws(IntakeError) {
    guard plan.unique != nil || plan.chooser != nil, !candidates.isEmpty else { return }
    let records = candidates.sorted()
    var groups = ExactGroups<Group>()
    guard records.count > Self.mostKept else {
      var rows = try read(records)
      for index in rows.indices { join(&rows[index], &groups) }
      for row in rows { try decide(row, groups, &verdicts) }
      return
    }
    // More rows than are kept are read twice.
    try fetcher.fetch(records) { batch, record throws(IntakeError) in
      var row = self.row(RowCells(batch, record), record)
      join(&row, &groups)
    }
    try fetcher.fetch(records) { batch, record throws(IntakeError) in
      var row = self.row(RowCells(batch, record), record)
      // A row that isn't there any more: the file has changed, which the second pass will find.
      if find(&row, groups) { try decide(row, groups, &verdicts) }
    }
  }

  /// The rows of these records, in their order.
  private func read(_ records: [UInt32]) throws(IntakeError) -> [Row] {
    let parts = min(threads, max(1, records.count / Self.leastAThread))
    let found = WorkerThreads.map(parts, threads: parts) { part in
      let slice = records[records.count * part / parts..<records.count * (part + 1) / parts]
      return Result { () throws(IntakeError) in try self.readPart(Array(slice)) }
    }
    var rows: [Row] = []
    rows.reserveCapacity(records.count)
    for part in found { rows += try part.get() }
    return rows
  }

  private func readPart(_ records: [UInt32]) throws(IntakeError) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(records.count)
    try fetcher.fetch(records) { batch, record throws(IntakeError) in
      rows.append(row(RowCells(batch, record), record))
    }
    return rows
  }

  /// Looks for the group of a row's reference; whether there is one.
  private func find(_ row: inout Row, _ groups: borrowing ExactGroups<Group>) -> Bool {
    guard let known = row.key.withUnsafeBufferPointer({ groups.find(row.fingerprint, $0) }) else {
      return false
    }
    row.group = known
    row.isFirst = groups.payloads[known].firstRecord == row.record
    row.isSame = groups.payloads[known].firstRow == row.values
    return true
  }

  /// Puts a row into the group of its reference.
  private func join(_ row: inout Row, _ groups: inout ExactGroups<Group>) {
    if find(&row, groups) {
      return groups.update(row.group) { $0.add(row, mostLines: Self.mostLines) }
    }
    row.group = groups.payloads.count
    let first = Group(firstRow: row.values, firstRecord: row.record, lines: [row.line])
    row.key.withUnsafeBufferPointer { groups.insert(row.fingerprint, $0, first) }
  }

  /// Bytes behind a reference that say of which operation's rows it is.
  private static let markBytes = 2

  private func rules(of row: Row) -> RowPlan {
    row.variant == 0 ? plan : plan.variants[row.variant - 1]
  }

  /// The reference that stands once in a file; in a file of several operations once for each of them.
  private func key(of cells: RowCells, variant: Int?) -> [UInt8] {
    guard let variant else { return plan.unique.map { Array(cells[$0]) } ?? [] }
    let reference = plan.variants[variant].unique.map { Array(cells[$0]) } ?? []
    return reference + [0, UInt8(variant)]
  }

  private func row(_ cells: RowCells, _ record: RecordSpan) -> Row {
    let variant = plan.variant(cells)
    let key = key(of: cells, variant: variant)
    return Row(
      record: UInt32(record.number), line: record.line, money: plan.money(cells),
      variant: variant.map { $0 + 1 } ?? 0,
      key: key, fingerprint: key.withUnsafeBufferPointer { fingerprints.key($0) },
      values: values(cells))
  }

  private func decide(
    _ row: Row, _ groups: borrowing ExactGroups<Group>, _ verdicts: inout Verdicts
  ) throws(IntakeError) {
    guard let cause = cause(row, groups.payloads[row.group]) else { return }
    let code: FindingCode =
      if case .duplicateRow = cause { .fileDuplicateRow } else { .fileDuplicateReference }
    let key = row.key.dropLast(row.variant == 0 ? 0 : Self.markBytes)
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
  private func values(_ cells: RowCells) -> [UInt8] {
    var values: [UInt8] = []
    let isWhole = cells.fields.count == plan.columns.count
    for column in cells.fields.indices where !isWhole || !plan.columns[column].isPassedOver {
      let cell = cells[column]
      withUnsafeBytes(of: UInt32(cell.count)) { values.append(contentsOf: $0) }
      values.append(contentsOf: cell)
    }
    return values
  }
}
