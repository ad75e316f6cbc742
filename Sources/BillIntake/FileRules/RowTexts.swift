package import BillLayouts
import BillModel
import Tabular
import Threads

/// The rows of a checked file with the texts of their fields, as bytes, a stretch of the file at a time: for who
/// compares files.
///
/// A row is, in the machine's byte order: its record (4 bytes), 1 where it is rejected and else 0 (4 bytes), the number of what
/// it asks for (4 bytes), the place among `paths` of the field whose value stands once in the file for that (4 bytes; none
/// that is there where the file lacks it), of each of `paths` the count of its text's bytes (4 bytes), and the texts. Of a
/// rejected row only that one field is told. An absent value is an empty text.
package struct RowTexts {
  /// What stands before the counts of a row's texts.
  package static let headBytes = 16

  /// About how many bytes of the file a thread takes at a time.
  private static let stretchBytes: Int64 = 1 << 20

  /// The fields that the file has, in the alphabet's order of their paths.
  package let paths: [FieldPath]
  private let columns: FixedList<Int>
  /// What rows ask for and what names them: of the file's own operation, and in a file of several of each of them.
  private let keys: FixedList<Key>
  private let check: FileCheck
  private let fetcher: RecordFetcher
  private let threads: Int

  package init(_ intake: Intake, _ check: FileCheck) {
    self.check = check
    threads = intake.options.threads
    fetcher = RecordFetcher(
      input: check.input, marks: check.marks, byteCount: check.text.byteCount, reading: check.reading)
    let found = (check.plan?.columns ?? []).enumerated().compactMap { column, plan in plan.path.map { ($0, column) } }
      .sorted { $0.0.description < $1.0.description }
    paths = found.map(\.0)
    columns = FixedList(found.map(\.1))
    let plans = check.plan.map { [$0] + $0.variants } ?? []
    keys = FixedList(
      plans.map { plan in
        Key(
          operation: UInt32(OperationKind.allCases.firstIndex(of: plan.operation) ?? 0),
          place: UInt32(found.firstIndex { $0.1 == plan.unique } ?? Int(Int32.max)))
      })
  }

  /// What a row asks for, and the place of the field that names it.
  private struct Key {
    let operation: UInt32
    let place: UInt32
  }

  /// Calls `body` with the rows of each stretch, in the file's order.
  ///
  /// - Throws: `IntakeError.changed` where the file was written to since it was checked, as far as its system tells.
  package func forEachStretch(
    _ body: (UnsafeRawBufferPointer) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    let stretches = (0..<threads).map { _ in TextStretch() }
    var mark = 0
    while true {
      var used = 0
      while used < stretches.count, let marks = fetcher.stretch(from: mark, bytes: Self.stretchBytes) {
        stretches[used].marks = marks
        mark = marks.upperBound
        used += 1
      }
      guard used > 0 else { break }
      _ = WorkerThreads.map(used, threads: threads) { [self] in read(stretches[$0]) }
      for stretch in stretches[..<used] {
        if let fault = stretch.fault { throw fault }
        try body(stretch.bytes)
      }
    }
    if check.input.hasChanged { throw .changed(name: check.name, byteOffset: check.byteCount) }
  }

  private func read(_ stretch: TextStretch) {
    stretch.removeAll()
    do throws(IntakeError) {
      guard try fetcher.read(stretch.marks, into: &stretch.batch) else { return }
    } catch {
      stretch.fault = error
      return
    }
    for index in 0..<stretch.batch.records.count {
      let record = stretch.batch.records[index]
      guard record.number > 0, record.number <= check.recordsRead else { continue }
      let cells = RowCells(stretch.batch, record)
      let number = UInt32(truncatingIfNeeded: record.number)
      write(cells, number, isRejected: !check.verdicts.stands(number), to: stretch)
    }
  }

  private func write(_ cells: RowCells, _ record: UInt32, isRejected: Bool, to stretch: TextStretch) {
    let columns = self.columns.view
    let keys = self.keys.view
    guard keys.count > 0 else { return }
    let variant = keys.count > 1 ? check.plan?.variant(cells) : nil
    let key = keys[variant.map { $0 + 1 } ?? 0]
    func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      isRejected && index != key.place ? UnsafeBufferPointer(start: nil, count: 0) : cells[columns[index]]
    }
    let head = Self.headBytes
    var size = head + 4 * columns.count
    for index in 0..<columns.count { size += cell(index).count }
    let place = stretch.room(for: size)
    place.storeBytes(of: record, as: UInt32.self)
    place.storeBytes(of: isRejected ? 1 : 0, toByteOffset: 4, as: UInt32.self)
    place.storeBytes(of: key.operation, toByteOffset: 8, as: UInt32.self)
    place.storeBytes(of: key.place, toByteOffset: 12, as: UInt32.self)
    var offset = head + 4 * columns.count
    for index in 0..<columns.count {
      let text = cell(index)
      place.storeBytes(of: UInt32(truncatingIfNeeded: text.count), toByteOffset: head + 4 * index, as: UInt32.self)
      guard let base = text.baseAddress, text.count > 0 else { continue }
      (place + offset).copyMemory(from: base, byteCount: text.count)
      offset += text.count
    }
  }
}

/// What one thread reads of the rows, and the room for it.
private final class TextStretch: @unchecked Sendable {
  var marks = 0..<0
  var batch = RecordBatch()
  var fault: IntakeError?
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 21, alignment: 16)
  private var used = 0

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<used]) }

  func removeAll() {
    used = 0
    fault = nil
  }

  /// Where so many bytes more go.
  func room(for count: Int) -> UnsafeMutableRawPointer {
    if used + count > memory.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(memory.count * 2, used + count), alignment: 16)
      larger.copyMemory(from: bytes)
      memory.deallocate()
      memory = larger
    }
    defer { used += count }
    return memory.baseAddress! + used
  }
}
