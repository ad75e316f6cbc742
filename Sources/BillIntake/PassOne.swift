import BillModel
import Hashing
import SchemaRules
import Tabular

/// The first reading of a file: digests, heading, row rules, then the rules across rows.
struct PassOne: ~Copyable {
  private let intake: Intake
  private let input: OpenInput
  private var digester = StreamDigester()
  private var spool: FindingSpool
  private var counts = FindingCounter()
  private var money = MoneyTally()
  private var fileFindings: [Finding] = []
  private var heading: Heading?
  private var checker: RowChecker?
  private var recordsRead = 0
  private var invalidRows = RecordSet()
  private var marks = RecordMarks()
  private var logs: RuleLogs

  init(_ intake: Intake, _ input: OpenInput, temporaryFolder: String) {
    self.intake = intake
    self.input = input
    spool = FindingSpool(folder: temporaryFolder)
    logs = RuleLogs()
  }

  /// Reads the file to its end, whatever is wrong with it: its digest is wanted in any case.
  mutating func run(_ progress: (IntakeProgress) -> Bool) throws(IntakeError) -> FileCheck {
    var reader = CSVReader(source: input.source, options: .init(blockSize: intake.options.blockSize))
    var batch = RecordBatch()
    var results = RowResults()
    while try Self.next(&reader, &batch) {
      try pass(batch.freshBytes)
      if fileFindings.isEmpty { try judge(batch, &results) }
      let state = IntakeProgress(
        bytes: digester.byteCount, totalBytes: input.source.expectedBytes, records: recordsRead)
      if !progress(state) { break }
    }
    if heading == nil, fileFindings.isEmpty { reject([FileText.empty(byteCount: digester.byteCount)]) }
    return try finish()
  }

  private static func next(_ reader: inout CSVReader, _ batch: inout RecordBatch) throws(IntakeError) -> Bool {
    do { return try reader.next(into: &batch) } catch { throw .input(error) }
  }

  /// Digests the bytes, and keeps them where they come only once.
  private mutating func pass(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) {
    try input.copy?.write(bytes, at: digester.byteCount)
    if digester.byteCount == 0, let content = BinaryContent.sniff(bytes) { reject([FileText.notText(content)]) }
    digester.update(bytes)
  }

  private mutating func reject(_ findings: [Finding]) {
    fileFindings += findings
    for finding in findings { counts.add(finding.code, finding.severity, record: 0) }
  }

  private mutating func judge(_ batch: borrowing RecordBatch, _ results: inout RowResults) throws(IntakeError) {
    if heading == nil, let first = batch.records.first, first.number == 0 { try readHeading(batch, first) }
    guard let checker else { return }
    let end = try endOfReadableRecords(batch)
    guard end > 0 else { return }
    checker.check(batch, count: end, into: &results)
    try take(results, batch, end)
  }

  /// How many records stand before a quote that is never closed, which rejects the file.
  private mutating func endOfReadableRecords(_ batch: borrowing RecordBatch) throws(IntakeError) -> Int {
    let count = batch.records.count
    if let last = batch.records.last, last.number >= Int(UInt32.max) {
      throw .tooManyRecords(name: input.source.name)
    }
    for fault in batch.faults {
      guard case .unclosedQuote = fault.kind else { continue }
      reject([FileText.unclosedQuote(fault, heading: heading)])
      return fault.record
    }
    return count
  }

  private mutating func readHeading(_ batch: borrowing RecordBatch, _ record: RecordSpan) throws(IntakeError) {
    for fault in batch.faults where fault.record == 0 {
      reject([FileText.heading(fault)])
      heading = Heading(names: [], raw: RawRow(bytes: [], lineEnd: []), line: record.line, keptColumns: 0)
      return
    }
    let names = batch.fields(of: record).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
    let outcome = try Result { () throws(SchemaError) in
      try HeadingReader(catalog: intake.catalog).read(names, line: record.line)
    }.mapError { IntakeError.schema($0) }.get()
    var kept = names.count
    switch outcome {
    case .plan(let plan):
      kept = plan.keptColumns
      checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
    case .rejected(let findings): reject(findings)
    }
    let raw = RawRow(batch.rawBytes(of: record), keeping: kept, of: names.count)
    heading = Heading(names: names, raw: raw, line: record.line, keptColumns: kept)
  }

  private mutating func take(
    _ results: RowResults, _ batch: borrowing RecordBatch, _ end: Int
  ) throws(IntakeError) {
    guard !results.facts.isEmpty else { return }
    let first = recordsRead + 1
    marks.note(batch, numbers: first...(recordsRead + results.facts.count))
    for (index, facts) in results.facts.enumerated() {
      let record = UInt32(first + index)
      if !facts.isValid { invalidRows.insert(record) }
      if facts.hasMoney {
        money.add(
          ReadMoney(amount: facts.amount, currency: CurrencyCode(packed: facts.currency)), isValid: facts.isValid)
      }
      logs.note(facts, record: record)
    }
    recordsRead += results.facts.count
    for draft in results.drafts {
      counts.add(draft.code, draft.severity, record: Int(draft.record))
      try spool.append(draft)
    }
  }

  private mutating func finish() throws(IntakeError) -> FileCheck {
    let digest = digester.finish()
    var rules = FileRules(
      input: input.again, plan: checker?.plan, fingerprints: intake.fingerprints, marks: marks,
      policy: intake.layout.duplicates, invalidRows: invalidRows, recordsRead: recordsRead,
      comparisonBytes: intake.options.comparisonBytes)
    try rules.run(&logs, spool: &spool, counts: &counts, money: &money)
    try spool.finish()
    let invalid = invalidRows.count + rules.newlyRejected
    return FileCheck(
      name: input.source.name, digest: digest, byteCount: digester.byteCount, blockDigests: digester.digests,
      recordsRead: recordsRead, valid: recordsRead - invalid, invalid: invalid, money: money,
      fileFindings: fileFindings, findingCounts: counts.counts, heading: heading, layout: intake.layout,
      input: input.again, plan: checker?.plan, spool: spool, invalidRows: invalidRows,
      rowsRejectedByFile: rules.rejected, marks: marks, origins: rules.origins)
  }
}
