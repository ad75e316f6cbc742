import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// The part of pass one that reads: blocks of whole records, the heading, and what rejects a file as a whole.
struct PassReading: ~Copyable {
  private let intake: Intake
  let name: String
  private let source: ByteSource
  private var reader: RecordReader
  private let file: FileReading
  private var isAtBeginning = true
  private var isRejected = false
  /// Whether the input is damaged: nothing is parsed from there on.
  private var isBroken = false
  /// Whether any record was read, the heading row among them.
  private(set) var sawRecord = false
  /// `nil` before the first record was read, and where there is none that can be.
  private(set) var heading: Heading?
  private var counting = ColumnCounting()
  /// How rows are judged; `nil` as long as nothing says so.
  private(set) var checker: RowChecker?
  /// How rows are read again.
  private(set) var rows: RowReading
  /// What maps records that go by those before them.
  private(set) var mapper: RecordMapper?
  /// What is needed to write rows of the file again.
  private(set) var frame = FileFrame()

  init(_ intake: Intake, _ input: OpenInput) {
    self.intake = intake
    name = input.source.name
    source = input.source
    file = input.reading
    rows = RowReading(file: file, mapping: nil, keys: intake.layout.keys)
    reader = file.reader(input.source, blockSize: intake.options.blockSize)
  }

  /// Fills a block with the next records; `false` at the end of the input.
  mutating func next(into block: PassBlock) throws(IntakeError) -> Bool {
    block.begin()
    if isBroken { return try passOver(block) }
    let damage: InputDamage?
    switch try read(block) {
    case .end: return false
    case .records: damage = nil
    case .damaged(let found): damage = found
    }
    if isAtBeginning { lookAtBeginning(block) }
    isAtBeginning = false
    let hasRecord = !block.batch.records.isEmpty || damage != nil
    let undecodable = noteFrame(block)
    sawRecord = sawRecord || hasRecord
    if !isRejected { try judge(block) }
    if let undecodable, !isRejected { reject([undecodable], block) }
    if let damage { reject([FileText.damaged(damage)], block) }
    return true
  }

  private enum Portion {
    case records, end
    /// The whole records before it are there.
    case damaged(InputDamage)
  }

  /// Reads; what follows in an input that is damaged is passed over.
  private mutating func read(_ block: PassBlock) throws(IntakeError) -> Portion {
    do throws(InputError) { return try reader.next(into: &block.batch) ? .records : .end } catch {
      if case .cancelled = error {
        sawRecord = true
        block.batch = RecordBatch()
        return .end
      }
      guard case .damaged(_, let damage) = error else { throw .input(error) }
      isBroken = true
      return .damaged(damage)
    }
  }

  /// Shows the rest of a damaged input to its digests, a block at a time, so that it can be told to stop in between;
  /// `false` at the end.
  private mutating func passOver(_ block: PassBlock) throws(IntakeError) -> Bool {
    let size = intake.options.blockSize
    do throws(InputError) {
      guard file.decodes else { return try block.batch.load(unparsed: source, count: size) > 0 }
      block.batch = RecordBatch()
      return try source.skip(atMost: size)
    } catch {
      if case .cancelled = error { return false }
      throw .input(error)
    }
  }

  /// Takes in what is no row. Where that rejects the file, what says so; the block then ends before the record that shows it,
  /// however long it is.
  private mutating func noteFrame(_ block: PassBlock) -> Finding? {
    if !sawRecord, let first = block.batch.records.first {
      frame.prologue.count = Int(block.batch.extent(of: first).start)
    }
    frame.decodedFrom = reader.decodedFrom
    guard frame.decodedFrom != nil, !isRejected else { return nil }
    frame.replaced += block.batch.replacedBytes
    if frame.otherLineEnds.count < FileFrame.mostLineEnds { frame.otherLineEnds += block.batch.otherLineEnds }
    guard frame.replaced.count > FileFrame.mostReplaced else { return nil }
    let place = frame.replaced[FileFrame.mostReplaced].text
    frame.replaced = []
    let end = Int(place - block.batch.byteOffset)
    block.batch.cut(records: block.batch.records.prefix { Int($0.end) <= end }.count)
    return FileText.undecodable(encoding: frame.decodedFrom?.encoding ?? "", atLeast: FileFrame.mostReplaced)
  }

  private mutating func lookAtBeginning(_ block: PassBlock) {
    if file.table == nil, let content = BinaryContent.sniff(block.batch.freshBytes) {
      reject([FileText.notText(content)], block)
    }
    guard let pattern = intake.layout.fileName, pattern.values(in: fileName) == nil else { return }
    reject([FileText.name(fileName, pattern: pattern.source, layout: intake.layout.name)], block)
  }

  /// The file's name as its layout knows it.
  var fileName: String { SourceName(name).plain }

  private mutating func judge(_ block: PassBlock) throws(IntakeError) {
    if checker == nil || counting.awaitsBill { try prepare(block) }
    guard !isRejected, let checker else { return }
    block.checker = checker
    let quote = try cutAtOpenQuote(block)
    block.readableRecords = block.batch.records.count
    if let plan = rows.mapping {
      if plan.numbersItself { mapInOrder(block) } else if !block.isMapped(by: plan) { block.mapper = rows.mapper() }
    }
    if let quote, !isRejected { reject([quote], block) }
  }

  /// Maps records that go by those before them. One that has no place among them rejects the file, and the block ends there:
  /// whether what comes after it is in the same block, nobody should see.
  private mutating func mapInOrder(_ block: PassBlock) {
    if mapper == nil { mapper = rows.mapper() }
    mapper?.map(&block.batch)
    block.take(mapper)
    block.readableRecords = block.batch.records.count
    guard let mapper, let first = mapper.firstProblem else { return }
    block.readableRecords = first.bills
    reject(mapper.problems.prefix(first.problems).map { $0.finding }, block)
  }

  /// What a quote that is never closed says of the file: the block ends before its record.
  private func cutAtOpenQuote(_ block: PassBlock) throws(IntakeError) -> Finding? {
    if let last = block.batch.records.last, last.number >= Int(UInt32.max) { throw .tooManyRecords(name: name) }
    for fault in block.batch.faults {
      guard case .unclosedQuote = fault.kind else { continue }
      block.batch.cut(records: fault.record)
      return FileText.unclosedQuote(fault, names: heading?.names ?? [], file.form)
    }
    return nil
  }

  // MARK: What the columns mean

  private mutating func prepare(_ block: PassBlock) throws(IntakeError) {
    guard heading == nil, let first = block.batch.records.first else { return }
    if first.number == 0 {
      try readHeading(block, first)
    } else if case .mapped = intake.layout.columns {
      try count(block, first)
    } else {
      reject([HeadingText.none(line: first.line)], block)
    }
  }

  /// Finds out how many columns a file without headings has; plans it anew where it was planned before that was known.
  private mutating func count(_ block: PassBlock, _ first: RecordSpan) throws(IntakeError) {
    switch counting.step(planner, block.batch, first) {
    case .plan(let count): try plan(names: nil, fieldCount: count, line: first.line, block)
    case .stands: return
    case .rejected(let finding): return reject([finding], block)
    }
    if let mapping = rows.mapping { mapper = mapper?.goingOn(by: mapping) }
  }

  private var planner: FilePlanner { FilePlanner(intake: intake, file: file, name: SourceName(name)) }

  private mutating func readHeading(_ block: PassBlock, _ record: RecordSpan) throws(IntakeError) {
    for fault in block.batch.faults where fault.record == 0 {
      reject([FileText.heading(fault, file.form, isOfLine: !block.batch.knowsPlaces)], block)
      heading = Heading(names: [], raw: RawRow(bytes: [], lineEnd: []), line: record.line, keptColumns: 0)
      return
    }
    let names = block.batch.fields(of: record).map { String(decoding: block.batch.bytes(of: $0), as: UTF8.self) }
    try plan(names: names, fieldCount: names.count, line: record.line, block)
    let kept = checker?.plan.keptColumns ?? names.count
    let raw = RawRow(block.batch.rawBytes(of: record), keeping: kept, of: names.count, in: file)
    heading = Heading(names: names, raw: raw, line: record.line, keptColumns: kept)
  }

  private mutating func plan(
    names: [String]?, fieldCount: Int, line: Int, _ block: PassBlock
  ) throws(IntakeError) {
    do throws(SchemaError) {
      switch try planner.plan(names: names, fieldCount: fieldCount, line: line) {
      case .plan(let plan, let mapping):
        checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
        rows = RowReading(file: file, mapping: mapping, keys: intake.layout.keys)
      case .rejected(let findings): reject(findings, block)
      }
    } catch { throw .schema(error) }
  }

  private mutating func reject(_ findings: [Finding], _ block: PassBlock) {
    block.fileFindings += findings
    isRejected = true
  }
}
