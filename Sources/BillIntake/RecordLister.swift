import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Makes JSON lines of records, and findings of what is wrong with them as text.
struct RecordLister {
  private let intake: Intake
  private let options: ShowOptions
  private(set) var outcome = ShowOutcome()
  private var plan: RowPlan?
  private var lines: [UInt8] = []
  private var findings: [Finding] = []
  private var sawRecord = false

  init(intake: Intake, options: ShowOptions) {
    self.intake = intake
    self.options = options
  }

  /// Whether the heading row was read, and its columns are known.
  var hasHeading: Bool { plan != nil }

  /// Whether as many records as asked for were printed.
  var isDone: Bool { options.limit.map { outcome.records >= $0 } ?? false }

  /// Notes what is wrong with the file as a whole.
  mutating func reject(_ found: [Finding]) {
    outcome.fileFindings += found
    findings += found
  }

  /// Lists the records of a batch.
  mutating func list(_ batch: borrowing RecordBatch) throws(IntakeError) {
    var nextFault = 0
    for (index, record) in batch.records.enumerated() {
      if record.number > 0, isDone { return }
      sawRecord = true
      let firstFault = nextFault
      while nextFault < batch.faults.count, batch.faults[nextFault].record <= index { nextFault += 1 }
      if record.number == 0 { try readHeading(batch, record) }
      guard let plan else { return }
      note(firstFault..<nextFault, batch, index, plan)
      guard record.fieldCount > 0 else { continue }
      if record.number > 0 { outcome.records += 1 }
      if record.number == 0, !options.isRaw { continue }
      put(RowCells(batch, record), isUTF8: !batch.faults[firstFault..<nextFault].contains { $0.kind == .invalidUTF8 })
    }
  }

  /// Hands over what there is, and forgets it; what `write` says.
  mutating func hand(over write: (UnsafeRawBufferPointer) -> Bool, _ onFinding: (Finding) -> Void) -> Bool {
    findings.forEach(onFinding)
    findings = []
    guard !lines.isEmpty else { return true }
    defer { lines.removeAll(keepingCapacity: true) }
    return lines.withUnsafeBytes { write($0) }
  }

  /// Ends the listing of an input of so many bytes.
  mutating func finish(byteCount: Int64) {
    if !sawRecord, outcome.fileFindings.isEmpty { reject([FileText.empty(byteCount: byteCount)]) }
  }

  private mutating func readHeading(_ batch: borrowing RecordBatch, _ record: RecordSpan) throws(IntakeError) {
    let names = batch.fields(of: record).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
    do throws(SchemaError) {
      if options.isRaw {
        let columns = names.map { ColumnPlan(heading: $0, rules: nil, path: nil, bit: 0) }
        plan = try RowPlan(columns: columns, schema: intake.catalog.schema)
        return
      }
      if let fault = batch.faults.first, fault.record == 0 { return reject([FileText.heading(fault)]) }
      switch try HeadingReader(catalog: intake.catalog).read(names, line: record.line) {
      case .plan(let read): plan = read
      case .rejected(let findings): reject(findings)
      }
    } catch { throw .schema(error) }
  }

  private mutating func note(_ faults: Range<Int>, _ batch: borrowing RecordBatch, _ index: Int, _ plan: RowPlan) {
    let record = batch.records[index]
    let isMisshapen = record.number > 0 && !options.isRaw && Int(record.fieldCount) != plan.columns.count
    guard !faults.isEmpty || isMisshapen else { return }
    let checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
    var row = RowInCheck()
    var results = RowResults()
    row.begin(record)
    if let first = faults.first { checker.noteTextFaults(batch, index, from: first, &row, &results) }
    if isMisshapen { checker.noteFieldCount(Int(record.fieldCount), &row, &results) }
    findings += results.drafts.map(FindingText(plan: plan).finding)
    outcome.recordFindings += results.drafts.count
    for fault in batch.faults[faults] {
      guard case .unclosedQuote = fault.kind else { continue }
      reject([FileText.unclosedQuote(fault, names: plan.columns.map(\.heading))])
    }
  }

  private mutating func put(_ cells: RowCells, isUTF8: Bool) {
    lines.append(UInt8(ascii: options.isRaw ? "[" : "{"))
    var isFirst = true
    for index in cells.fields.indices {
      let cell = cells[index]
      if !options.isRaw {
        guard let plan, index < plan.columns.count, !plan.columns[index].isPassedOver, !cell.isEmpty else { continue }
      }
      if !isFirst { lines.append(UInt8(ascii: ",")) }
      isFirst = false
      if !options.isRaw, let plan {
        lines.appendJSON(plan.columns[index].heading.utf8)
        lines.append(UInt8(ascii: ":"))
      }
      if isUTF8 { lines.appendJSON(cell) } else { lines.appendJSON(String(decoding: cell, as: UTF8.self).utf8) }
    }
    lines.append(contentsOf: (options.isRaw ? "]\n" : "}\n").utf8)
  }
}
