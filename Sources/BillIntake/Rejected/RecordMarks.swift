import BillLayouts
import Tabular

/// Where every so many bytes a record begins: from there a single record can be read again.
struct RecordMarks: Sendable {
  private struct Mark: Sendable {
    var byteOffset: Int64
    var line: Int64
    var record: UInt32
  }

  /// Least distance between two marks. A record's reading costs about this much, a mark 24 bytes.
  static let distance: Int64 = 8192

  /// The same where records go by what stands before them: what is kept then is more.
  static let distanceWithState: Int64 = 65536

  /// Marks may stand closer where rows will be read again, as long as there are not more than one in so many bytes.
  private static let least: Int64 = 2048

  /// Where there are more marks than this, every other one is dropped, and they stand twice as far apart from then on.
  private static let most = 1 << 19

  private var marks: [Mark] = []
  /// How many times farther apart marks stand than at first.
  private var spread: Int64 = 1
  /// For each mark, what its record goes by; empty where records stand for themselves.
  private var states: [MappingState] = []

  /// Notes the records of a batch.
  ///
  /// - Parameters:
  ///   - changes: From which record on which state holds, where records go by one.
  ///   - again: The numbers of those that will be read again, ascending: they get marks of their own, and so do those
  ///     behind them.
  mutating func note(
    _ batch: borrowing RecordBatch, numbers: ClosedRange<Int>, changes: [(from: Int, state: MappingState)] = [],
    again: [Int] = []
  ) {
    if marks.count > Self.most { thin() }
    let distance = (changes.isEmpty ? Self.distance : Self.distanceWithState) * spread
    var next = marks.last.map { $0.byteOffset + distance } ?? 0
    var change = 0
    var nextAgain = 0
    var isBehind = false
    let records = batch.records
    var place = 0
    while place < records.count {
      let wanted = nextAgain < again.count ? again[nextAgain] : .max
      if !isBehind { Self.pass(records, &place, before: next - batch.byteOffset, wanted) }
      let record = records[place]
      place += 1
      guard numbers.contains(record.number) else { continue }
      let offset = batch.byteOffset + Int64(record.start)
      let isAgain = wanted == record.number
      if offset < next, !isAgain, !isBehind { continue }
      let hasRoom = changes.isEmpty && Int64(marks.count) * Self.least * spread < offset
      let isWanted = (isAgain || isBehind) && hasRoom
      isBehind = isAgain
      if isAgain { nextAgain += 1 }
      guard offset >= next || marks.isEmpty || isWanted else { continue }
      marks.append(Mark(byteOffset: offset, line: Int64(record.line), record: UInt32(record.number)))
      next = offset + distance
      while change + 1 < changes.count, changes[change + 1].from <= record.number { change += 1 }
      if change < changes.count {
        states.append(changes[change].state)
        states[states.count - 1].nextNumber = record.number
      }
    }
  }

  /// Passes over records that get no mark, a few at a time.
  ///
  /// - Parameters:
  ///   - start: Where in the batch the next one begins that gets one.
  ///   - number: Its number, if one comes before that which gets one.
  private static func pass(
    _ records: UnsafeBufferPointer<RecordSpan>, _ place: inout Int, before start: Int64, _ number: Int
  ) {
    let step = 16
    while place + step < records.count, Int64(records[place + step].start) < start,
      records[place + step].number < number
    {
      place += step
    }
  }

  private mutating func thin() {
    marks = stride(from: 0, to: marks.count, by: 2).map { marks[$0] }
    states = stride(from: 0, to: states.count, by: 2).map { states[$0] }
    spread *= 2
  }

  /// The place of the last mark at or before a record, in their order.
  func index(before record: UInt32) -> Int {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].record <= record { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a mark's record begins, or `nil` after the last mark.
  func position(_ index: Int) -> ParsePosition? {
    guard index < marks.count else { return nil }
    let mark = marks[index]
    return ParsePosition(byteOffset: mark.byteOffset, line: Int(mark.line), number: Int(mark.record))
  }

  /// What a mark's record goes by.
  func state(_ index: Int) -> MappingState { index < states.count ? states[index] : MappingState() }

  var isEmpty: Bool { marks.isEmpty }
}
