import BillModel
import SchemaRules
import Tabular

/// The part of pass one that reads: blocks of whole records, the heading, and what rejects a file as a whole.
struct PassReading: ~Copyable {
  private let intake: Intake
  private let name: String
  private var reader: CSVReader
  private var isAtBeginning = true
  private var isRejected = false
  /// `nil` before the first record was read, and where it can't be.
  private(set) var heading: Heading?
  /// How rows are judged; `nil` as long as no heading says so.
  private(set) var checker: RowChecker?

  init(_ intake: Intake, _ source: ByteSource) {
    self.intake = intake
    name = source.name
    reader = CSVReader(source: source, options: .init(blockSize: intake.options.blockSize))
  }

  /// Fills a block with the next records; `false` at the end of the input.
  mutating func next(into block: PassBlock) throws(IntakeError) -> Bool {
    block.fileFindings = []
    block.checker = nil
    block.readableRecords = 0
    guard try Intake.next(&reader, &block.batch) else { return false }
    if isAtBeginning, let content = BinaryContent.sniff(block.batch.freshBytes) {
      reject([FileText.notText(content)], block)
    }
    isAtBeginning = false
    if !isRejected { try judge(block) }
    return true
  }

  private mutating func judge(_ block: PassBlock) throws(IntakeError) {
    if heading == nil, let first = block.batch.records.first, first.number == 0 { try readHeading(block, first) }
    guard let checker else { return }
    block.checker = checker
    block.readableRecords = try endOfReadableRecords(block)
  }

  /// How many records stand before a quote that is never closed, which rejects the file.
  private mutating func endOfReadableRecords(_ block: PassBlock) throws(IntakeError) -> Int {
    if let last = block.batch.records.last, last.number >= Int(UInt32.max) { throw .tooManyRecords(name: name) }
    for fault in block.batch.faults {
      guard case .unclosedQuote = fault.kind else { continue }
      reject([FileText.unclosedQuote(fault, names: heading?.names ?? [])], block)
      return fault.record
    }
    return block.batch.records.count
  }

  private mutating func readHeading(_ block: PassBlock, _ record: RecordSpan) throws(IntakeError) {
    for fault in block.batch.faults where fault.record == 0 {
      reject([FileText.heading(fault)], block)
      heading = Heading(names: [], raw: RawRow(bytes: [], lineEnd: []), line: record.line, keptColumns: 0)
      return
    }
    let names = block.batch.fields(of: record).map { String(decoding: block.batch.bytes(of: $0), as: UTF8.self) }
    let outcome = try Result { () throws(SchemaError) in
      try HeadingReader(catalog: intake.catalog).read(names, line: record.line)
    }.mapError { IntakeError.schema($0) }.get()
    var kept = names.count
    switch outcome {
    case .plan(let plan):
      kept = plan.keptColumns
      checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
    case .rejected(let findings): reject(findings, block)
    }
    let raw = RawRow(block.batch.rawBytes(of: record), keeping: kept, of: names.count)
    heading = Heading(names: names, raw: raw, line: record.line, keptColumns: kept)
  }

  private mutating func reject(_ findings: [Finding], _ block: PassBlock) {
    block.fileFindings += findings
    isRejected = true
  }
}
