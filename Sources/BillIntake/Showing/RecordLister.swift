import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Makes JSON lines of records, and findings of what is wrong with them as text and by their layout.
struct RecordLister {
  private let intake: Intake
  private let options: ShowOptions
  private let file: FileReading
  private let planner: FilePlanner
  private(set) var outcome = ShowOutcome()
  private var plan: RowPlan?
  private var counting = ColumnCounting()
  private var mapper: RecordMapper?
  /// The columns that are printed, in their order.
  private var shown: [Int] = []
  private var lines: [UInt8] = []
  private var findings: [Finding] = []
  private var sawRecord = false
  private var toldProblems = 0

  init(intake: Intake, options: ShowOptions, file: FileReading, name: SourceName) {
    self.intake = intake
    self.options = options
    self.file = file
    planner = FilePlanner(intake: intake, file: file, name: name)
  }

  /// Whether it is known what the columns mean.
  var hasPlan: Bool { plan != nil }

  /// Whether as many records as asked for were printed.
  var isDone: Bool { options.limit.map { outcome.records >= $0 } ?? false }

  /// Notes what is wrong with the file as a whole.
  mutating func reject(_ found: [Finding]) {
    outcome.fileFindings += found
    findings += found
  }

  /// Lists the records of a batch.
  mutating func list(_ batch: inout RecordBatch) throws(IntakeError) {
    if plan == nil || counting.awaitsBill, let first = batch.records.first { try prepare(batch, first) }
    sawRecord = sawRecord || !batch.records.isEmpty
    guard let plan else { return }
    if !options.isRaw { map(&batch) }
    var nextFault = 0
    var nextMapping = 0
    for index in 0..<batch.records.count {
      let record = batch.records[index]
      if record.number > 0, isDone { return }
      let firstFault = nextFault
      while nextFault < batch.faults.count, batch.faults[nextFault].record <= index { nextFault += 1 }
      note(firstFault..<nextFault, batch, index, plan, from: &nextMapping)
      guard record.fieldCount > 0 else { continue }
      if record.number > 0 { outcome.records += 1 }
      if options.isRaw {
        putRaw(record, &batch, isUTF8: isUTF8(batch, firstFault..<nextFault))
      } else if record.number > 0 {
        put(RowCells(batch, record), index, isUTF8: isUTF8(batch, firstFault..<nextFault))
      }
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

  /// Ends the listing of an input of so many bytes of text.
  mutating func finish(byteCount: Int64) {
    if !sawRecord, outcome.fileFindings.isEmpty { reject([FileText.empty(byteCount: byteCount, file.form)]) }
    guard !isDone, !options.isRaw else { return }
    mapper?.finish()
    tellProblems()
  }

  private func isUTF8(_ batch: borrowing RecordBatch, _ faults: Range<Int>) -> Bool {
    file.table != nil || file.encoding != nil || !batch.faults[faults].contains { $0.kind == .invalidUTF8 }
  }

  // MARK: What the columns mean

  private mutating func prepare(_ batch: borrowing RecordBatch, _ first: RecordSpan) throws(IntakeError) {
    var names: [String]?
    if first.number == 0 {
      names = batch.fields(of: first).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
    }
    do throws(SchemaError) {
      if options.isRaw, case .csv = file.form {
        let columns = (names ?? []).map { ColumnPlan(heading: $0, rules: nil, path: nil, bit: 0) }
        plan = try RowPlan(intake.layout.operation, columns: columns, schema: intake.catalog.schema)
        return
      }
      if first.number == 0, let fault = batch.faults.first, fault.record == 0 {
        return reject([FileText.heading(fault, file.form, isOfLine: !batch.knowsPlaces)])
      }
      guard let count = names?.count ?? count(batch, first) else { return }
      switch try planner.plan(names: names, fieldCount: count, line: first.line) {
      case .plan(let read, let mapping):
        plan = read
        let before = mapper
        mapper = RowReading(file: file, mapping: mapping, keys: intake.layout.keys).mapper()
        if let before, let mapping { mapper = before.goingOn(by: mapping) }
        shown = read.shownColumns(intake.layout)
      case .rejected(let findings): reject(findings)
      }
    } catch { throw .schema(error) }
  }

  /// How many columns a file without headings has; `nil` where a plan for as many is there, or there can be none.
  private mutating func count(_ batch: borrowing RecordBatch, _ first: RecordSpan) -> Int? {
    switch counting.step(planner, batch, first) {
    case .plan(let count): return count
    case .stands: return nil
    case .rejected(let finding):
      reject([finding])
      plan = nil
      return nil
    }
  }

  // MARK: Findings

  private mutating func map(_ batch: inout RecordBatch) {
    mapper?.map(&batch)
    tellProblems()
  }

  private mutating func tellProblems() {
    let problems = mapper?.problems ?? []
    guard problems.count > toldProblems else { return }
    reject(problems[toldProblems...].map(FileText.kind))
    toldProblems = problems.count
  }

  private mutating func note(
    _ faults: Range<Int>, _ batch: borrowing RecordBatch, _ index: Int, _ plan: RowPlan, from next: inout Int
  ) {
    let record = batch.records[index]
    let isMisshapen =
      record.number > 0 && !options.isRaw && mapper == nil && Int(record.fieldCount) != plan.columns.count
    let mapping = options.isRaw ? [] : mapper?.faults ?? []
    let isFaulty = next < mapping.count && mapping[next].record <= index
    guard !faults.isEmpty || isMisshapen || isFaulty else { return }
    let checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
    var row = RowInCheck()
    var results = RowResults()
    row.begin(record)
    if let first = faults.first { checker.noteTextFaults(batch, index, from: first, &row, &results) }
    if isMisshapen { checker.noteFieldCount(Int(record.fieldCount), &row, &results) }
    let firstOfMapping = results.drafts.count
    let cells = RowCells(batch, record)
    checker.noteMapping(mapping, from: &next, index, cells, &row, &results)
    checker.addSources(cells, to: &results, from: firstOfMapping)
    checker.noteEnding(batch.rawBytes(of: record), &results, from: 0)
    findings += results.drafts.map(FindingText(plan: plan, dialect: file.dialect).finding)
    outcome.recordFindings += results.drafts.count
    for fault in batch.faults[faults] {
      guard case .unclosedQuote = fault.kind else { continue }
      reject([FileText.unclosedQuote(fault, names: plan.columns.map(\.heading), file.form)])
    }
  }

  // MARK: Lines

  private mutating func put(_ cells: RowCells, _ index: Int, isUTF8: Bool) {
    guard let plan else { return }
    lines.append(UInt8(ascii: "{"))
    var isFirst = true
    for column in shown where column < cells.fields.count && !cells[column].isEmpty && !isUnmade(column, index) {
      if !isFirst { lines.append(UInt8(ascii: ",")) }
      isFirst = false
      lines.appendJSON((plan.columns[column].path?.description ?? plan.columns[column].heading).utf8)
      lines.append(UInt8(ascii: ":"))
      append(cells[column], isUTF8: isUTF8)
    }
    lines.append(contentsOf: "}\n".utf8)
  }

  /// Whether a field's value could not be made: what stands in its place is the file's.
  private func isUnmade(_ column: Int, _ index: Int) -> Bool {
    guard let faults = mapper?.faults, !faults.isEmpty else { return false }
    return faults.contains { $0.record == index && $0.unmade == column }
  }

  private mutating func putRaw(_ record: RecordSpan, _ batch: inout RecordBatch, isUTF8: Bool) {
    var spans = Array(batch.fields(of: record))
    var whole: String?
    if case .fixedWidth = file.form, let mapper, let plan {
      let names = plan.columns.dropFirst(plan.mapped?.targetCount ?? 0).map(\.heading)
      let columns = mapper.dissect(record, &batch, names: names).columns
      spans = columns.map(\.span)
      if columns.isEmpty { whole = RecordCharacters(file: file).text(batch.rawBytes(of: record)) }
    }
    lines.append(UInt8(ascii: "["))
    if let whole { lines.appendJSON(whole.utf8) }
    for (index, span) in spans.enumerated() {
      if index > 0 { lines.append(UInt8(ascii: ",")) }
      append(batch.bytes(of: span), isUTF8: isUTF8)
    }
    lines.append(contentsOf: "]\n".utf8)
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, isUTF8: Bool) {
    if isUTF8 { lines.appendJSON(text) } else { lines.appendJSON(String(decoding: text, as: UTF8.self).utf8) }
  }
}
