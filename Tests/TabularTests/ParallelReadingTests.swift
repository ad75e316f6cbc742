import SeededRandoms
import Synchronization
import Testing

@testable import Tabular

/// The two ways to read on several threads, against reading on one.
@Suite struct ParallelReadingTests {
  /// A reader that several tasks take batches from, each into its own.
  private final class SharedReader: Sendable {
    private struct State: ~Copyable {
      var reader: CSVReader
      var order = 0
    }

    private let state: Mutex<State>

    init(_ input: [UInt8], blockSize: Int, limit: Int) {
      let reader = CSVReader(
        source: ByteSource(bytes: input), dialect: Dialect(hasHeading: false),
        options: .init(blockSize: blockSize, maximumRecordBytes: limit))
      state = Mutex(State(reader: reader))
    }

    func next(into batch: inout RecordBatch) throws -> Int? {
      try state.withLock { state in
        state.order += 1
        return try state.reader.next(into: &batch) ? state.order : nil
      }
    }
  }

  @Test func `tasks that take turns at one reader see together what one alone sees`() async throws {
    let input = randomInput(seed: .random(in: 0 ..< .max))
    let alone = try read(input, blockSize: 64, limit: 100)
    let shared = SharedReader(input, blockSize: 64, limit: 100)
    let parts = try await withThrowingTaskGroup(of: [(Int, ReadResult)].self) { group in
      for _ in 0..<4 {
        group.addTask {
          var batch = RecordBatch()
          var parts: [(Int, ReadResult)] = []
          while let order = try shared.next(into: &batch) {
            var part = ReadResult()
            part.add(batch)
            parts.append((order, part))
          }
          return parts
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    #expect(ReadResult(records: parts.flatMap(\.records), faults: parts.flatMap(\.faults)) == alone)
  }

  @Test func `from any record on, the rest is read alike, whatever came before it`() throws {
    for _ in 0..<40 {
      let seed = UInt64.random(in: 0 ..< .max)
      let input = randomInput(seed: seed)
      let whole = parse(input, cuts: [], limit: 100)
      for record in whole.records where record.raw.first.map({ $0 != 10 && $0 != 13 }) ?? false {
        let position = ParsePosition(byteOffset: record.byteOffset, line: record.line, number: record.number)
        var parser = CSVParser(dialect: Dialect(hasHeading: false), maximumRecordBytes: 100, position: position)
        var batch = RecordBatch()
        input[Int(record.byteOffset)...].withUnsafeBytes {
          batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: record.byteOffset)
        }
        parser.parse(&batch, isLast: true)
        var rest = ReadResult()
        rest.add(batch)
        #expect(rest.records == whole.records.filter { $0.number >= record.number }, "seed \(seed)")
        #expect(rest.faults == whole.faults.filter { $0.number >= record.number }, "seed \(seed)")
      }
    }
  }

  private func randomInput(seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    let pieces = ["a", "bcd", ",", ",\"", "\",", "\"", "\"\"", "\n", "\r\n", "\r", "é"].map { Array($0.utf8) }
    return random.text(alphabet: pieces, upTo: 900)
  }
}
