import BillLayouts
import Tabular
import Threads

/// The rows that stand and describe parties, read again from the beginning, with the fingerprints of these: on several
/// threads, and looked at in their order.
struct StandingRows {
  /// About how many bytes a thread reads at a time.
  private static let stretchBytes: Int64 = 1 << 20

  private let plan: RowPlan
  private let fetcher: RecordFetcher
  private let fingerprinter: PartyFingerprinter
  private let threads: Int

  init(plan: RowPlan, fingerprints: Fingerprints, fetcher: RecordFetcher, threads: Int) {
    self.plan = plan
    self.fetcher = fetcher
    self.threads = threads
    fingerprinter = PartyFingerprinter(plan: plan, fingerprints: fingerprints)
  }

  /// A row that stands.
  struct Row {
    let record: UInt32
    let line: Int
    let cells: RowCells
    let facts: RowFacts
  }

  /// Rows that one thread read.
  private final class Stretch: @unchecked Sendable {
    var marks = 0..<0
    var batch = RecordBatch()
    var hits: [(index: Int, facts: RowFacts)] = []
    var fault: IntakeError?
  }

  /// Calls `body` with each row that stands when its turn comes, of those whose parties are wanted.
  func forEach(
    _ verdicts: inout Verdicts, where isWanted: @escaping @Sendable (RowFacts) -> Bool,
    _ body: (Row, inout Verdicts) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    let stretches = (0..<threads).map { _ in Stretch() }
    var mark = 0
    while true {
      var used = 0
      while used < stretches.count, let marks = fetcher.stretch(from: mark, bytes: Self.stretchBytes) {
        stretches[used].marks = marks
        mark = marks.upperBound
        used += 1
      }
      guard used > 0 else { return }
      _ = WorkerThreads.map(used, threads: threads) { [self] in read(stretches[$0], isWanted) }
      for stretch in stretches[..<used] {
        if let fault = stretch.fault { throw fault }
        for (index, facts) in stretch.hits {
          let record = stretch.batch.records[index]
          let number = UInt32(truncatingIfNeeded: record.number)
          guard verdicts.stands(number) else { continue }
          let cells = RowCells(stretch.batch, record)
          try body(Row(record: number, line: record.line, cells: cells, facts: facts), &verdicts)
        }
      }
    }
  }

  private func read(_ stretch: Stretch, _ isWanted: (RowFacts) -> Bool) {
    stretch.hits.removeAll(keepingCapacity: true)
    do throws(IntakeError) {
      guard try fetcher.read(stretch.marks, into: &stretch.batch) else { return }
    } catch {
      stretch.fault = error
      return
    }
    for index in 0..<stretch.batch.records.count where stretch.batch.records[index].number > 0 {
      let cells = RowCells(stretch.batch, stretch.batch.records[index])
      guard plan.describesParties(cells) else { continue }
      var facts = RowFacts()
      fingerprinter.note(cells, in: &facts)
      if isWanted(facts) { stretch.hits.append((index, facts)) }
    }
  }
}
