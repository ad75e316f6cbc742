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

  init(layout: Layout, memory: MemoryPlan?, temporaryFolder: String) {
    verdicts = Verdicts(temporaryFolder: temporaryFolder)
    logs = RuleLogs(limit: memory?.logBytes, temporaryFolder: temporaryFolder)
    control = ControlTally(layout.control)
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
    guard let plan = block.checker?.plan else { return }
    control.add(block.batch, count: block.readableRecords, mapping: block.mappingFaults, plan)
  }
}
