import BillLayouts
import BillModel
import Tabular

/// The part of pass one that takes in, block by block in the file's order, what the row rules found.
struct PassTaking {
  private(set) var recordsRead = 0
  private(set) var byteCount: Int64 = 0
  private(set) var marks = RecordMarks()
  private(set) var kept: KeptRows
  var verdicts: Verdicts
  let logs: RuleLogs
  private(set) var control: ControlTally
  private let file: FileReading
  /// The last row where it has no line end, though rows of the file end with one.
  private(set) var openRow: (record: Int, line: Int)?

  init(layout: Layout, file: FileReading, memory: MemoryPlan?, temporaryFolder: String) {
    self.file = file
    verdicts = Verdicts(temporaryFolder: temporaryFolder)
    logs = RuleLogs(limit: memory?.logBytes, temporaryFolder: temporaryFolder)
    control = ControlTally(layout, file: file)
    kept = KeptRows(bytes: memory?.keptBytes ?? MemoryPlan.usuallyKept)
  }

  /// - Parameter relay: What is digested meanwhile, where nobody else goes on with it.
  mutating func take(_ block: PassBlock, digesting relay: DigestRelay) throws(IntakeError) {
    byteCount += Int64(block.batch.freshBytes.count)
    if !block.fileFindings.isEmpty { verdicts.rejectFile(block.fileFindings) }
    let count = block.results.rows
    guard count > 0 else { return }
    let first = recordsRead + 1
    var again = block.results.invalid.map { first + $0 }
    // What a row goes by, where it goes by those before it, is not kept with it.
    if block.states.isEmpty { again.removeFirst(kept.keep(block.batch, again)) }
    marks.note(
      block.batch, numbers: first...(recordsRead + count), changes: block.states,
      again: again)
    try verdicts.note(block.results, from: first)
    try logs.note(block.results.facts, from: first, digesting: relay)
    recordsRead += count
    noteEnd(of: block)
    guard let plan = block.checker?.plan else { return }
    control.add(block.batch, count: block.readableRecords, mapping: block.mappingFaults, plan)
  }

  /// Looks how the last row of a block ends: only that of the file's last block can be without a line end.
  private mutating func noteEnd(of block: PassBlock) {
    openRow = nil
    guard file.rowEnd != .none, recordsRead > 1, block.readableRecords > 0 else { return }
    let last = block.batch.records[block.readableRecords - 1]
    let raw = block.batch.rawBytes(of: last)
    if file.contentEnd(of: raw) == raw.count { openRow = (recordsRead, last.line) }
  }
}
