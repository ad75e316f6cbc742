import BillLayouts
import BillModel
import Tabular

/// One block of the input on its way through pass one, used again for a later one.
final class PassBlock {
  var batch = RecordBatch()
  var results = RowResults()
  /// How its rows are judged; `nil` where no row of it is.
  var checker: RowChecker?
  /// How many of its records can be judged.
  var readableRecords = 0
  /// What is wrong with the file as a whole, as this block shows.
  var fileFindings: [Finding] = []

  /// What maps its records on their own; `nil` where they need no mapping, or had it when they were read.
  var mapper: RecordMapper?
  /// What is wrong with its records by their layout.
  var mappingFaults: [MappingFault] = []
  /// From which record on which state held, where records go by one.
  var states: [(from: Int, state: MappingState)] = []

  /// Forgets what was in it.
  func begin() {
    fileFindings = []
    checker = nil
    readableRecords = 0
    mappingFaults = []
    states = []
  }

  /// Takes over what a mapper said of its records when they were read.
  func take(_ mapper: RecordMapper?) {
    mappingFaults = mapper?.faults ?? []
    states = mapper?.states ?? []
  }

  /// Whether its mapper is one for a plan: that of the block before which it was used for may have had other columns.
  func isMapped(by plan: MappingPlan) -> Bool { mapper?.plan.sources.count == plan.sources.count }

  /// Whether its bytes may move while it is checked.
  var mayMove: Bool { mapper != nil }

  /// Maps and judges the rows.
  ///
  /// - Parameters:
  ///   - relay: What is digested meanwhile.
  ///   - number: The block's own in it, which is settled afterwards if it was not.
  func check(digesting relay: DigestRelay, as number: Int) {
    results.removeAll()
    let isJudged = checker != nil && readableRecords > 0
    if mayMove {
      if isJudged { map(digesting: relay, as: number) }
      relay.settle(number, batch.freshBytes)
    }
    guard isJudged, let checker else { return }
    checker.check(batch, count: readableRecords, mapping: mappingFaults, digesting: relay, into: &results)
  }

  private func map(digesting relay: DigestRelay, as number: Int) {
    let count = batch.freshBytes.count
    let start = batch.freshBytes.baseAddress.map { $0 - UnsafeRawPointer(batch.base) } ?? 0
    let turns = DigestTurns(
      take: { relay.take(own: number, at: UnsafeRawBufferPointer(start: $0 + start, count: count)) },
      giveBack: relay.giveBack)
    mapper?.map(&batch, digesting: turns)
    mappingFaults = mapper?.faults ?? []
  }
}
