import BillModel
import Hashing
import SchemaRules
import Tabular

/// The first reading of a file: digests, heading, row rules, then the rules across rows.
struct PassOne: ~Copyable {
  private let intake: Intake
  private let input: OpenInput
  private var digester = StreamDigester()
  private var verdicts: Verdicts
  private var heading: Heading?
  private var checker: RowChecker?
  private var recordsRead = 0
  private var marks = RecordMarks()
  private var logs = RuleLogs()
  private var stoppedEarly = false

  init(_ intake: Intake, _ input: OpenInput, temporaryFolder: String) {
    self.intake = intake
    self.input = input
    verdicts = Verdicts(temporaryFolder: temporaryFolder)
  }

  /// Reads the file to its end, whatever is wrong with it: its digest is wanted in any case.
  mutating func run(_ progress: (IntakeProgress) -> Bool) throws(IntakeError) -> FileCheck {
    var reader = CSVReader(source: input.source, options: .init(blockSize: intake.options.blockSize))
    var batch = RecordBatch()
    var results = RowResults()
    while try Intake.next(&reader, &batch) {
      try pass(batch.freshBytes)
      if verdicts.fileFindings.isEmpty { try judge(batch, &results) }
      let state = IntakeProgress(
        bytes: digester.byteCount, totalBytes: input.source.expectedBytes, records: recordsRead)
      if !progress(state) {
        stoppedEarly = true
        break
      }
    }
    if heading == nil, verdicts.fileFindings.isEmpty {
      verdicts.rejectFile([FileText.empty(byteCount: digester.byteCount)])
    }
    return try finish()
  }

  /// Digests the bytes, and keeps them where they come only once.
  private mutating func pass(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) {
    try input.copy?.write(bytes, at: digester.byteCount)
    if digester.byteCount == 0, let content = BinaryContent.sniff(bytes) {
      verdicts.rejectFile([FileText.notText(content)])
    }
    digester.update(bytes)
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
      verdicts.rejectFile([FileText.unclosedQuote(fault, names: heading?.names ?? [])])
      return fault.record
    }
    return count
  }

  private mutating func readHeading(_ batch: borrowing RecordBatch, _ record: RecordSpan) throws(IntakeError) {
    for fault in batch.faults where fault.record == 0 {
      verdicts.rejectFile([FileText.heading(fault)])
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
    case .rejected(let findings): verdicts.rejectFile(findings)
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
      verdicts.note(facts, record: UInt32(first + index))
      logs.note(facts, record: UInt32(first + index))
    }
    recordsRead += results.facts.count
    for draft in results.drafts { try verdicts.note(draft) }
  }

  private mutating func finish() throws(IntakeError) -> FileCheck {
    let digest = digester.finish()
    var origins = PartyOrigins()
    if verdicts.fileFindings.isEmpty, !stoppedEarly, let checker {
      let fetcher = RecordFetcher(input: input.again, marks: marks, byteCount: digester.byteCount)
      let rules = FileRules(
        plan: checker.plan, fingerprints: intake.fingerprints, policy: intake.layout.duplicates, fetcher: fetcher,
        recordsRead: recordsRead, comparisonBytes: intake.options.comparisonBytes)
      origins = try rules.run(&logs, &verdicts)
    }
    try verdicts.finish()
    return FileCheck(
      name: input.source.name, digest: digest, byteCount: digester.byteCount, blockDigests: digester.digests,
      recordsRead: recordsRead, stoppedEarly: stoppedEarly, heading: heading, layout: intake.layout,
      verdicts: verdicts, input: input.again, plan: checker?.plan, marks: marks, origins: origins)
  }
}
