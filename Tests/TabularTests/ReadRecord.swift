@testable import Tabular

/// A record as a test compares it: copied out of its batch.
struct ReadRecord: Hashable, CustomStringConvertible {
  var number: Int
  var line: Int
  var byteOffset: Int64
  var raw: [UInt8]
  var fields: [[UInt8]]

  var texts: [String] { fields.map { String(decoding: $0, as: UTF8.self) } }
  var description: String { "#\(number) line \(line) at \(byteOffset) raw \(raw) fields \(texts.debugDescription)" }
}

/// A fault as a test compares it: with its record's number instead of a place in a batch.
struct ReadFault: Hashable {
  var kind: RecordFault.Kind
  var number: Int
  var field: Int?
  var line: Int
  var byteOffset: Int64
}

/// All that was read of an input.
struct ReadResult: Hashable {
  var records: [ReadRecord] = []
  var faults: [ReadFault] = []

  var table: [[String]] { records.map(\.texts) }

  mutating func add(_ batch: borrowing RecordBatch) {
    for record in batch.records {
      records.append(
        ReadRecord(
          number: record.number, line: record.line, byteOffset: batch.byteOffset(of: record),
          raw: Array(batch.rawBytes(of: record)), fields: batch.fields(of: record).map { Array(batch.bytes(of: $0)) }))
    }
    for fault in batch.faults {
      faults.append(
        ReadFault(
          kind: fault.kind, number: batch.records[fault.record].number, field: fault.field, line: fault.line,
          byteOffset: fault.byteOffset))
    }
  }
}

/// Reads an input through `CSVReader`.
func read(
  _ bytes: [UInt8], dialect: Dialect = Dialect(hasHeading: false), blockSize: Int = 1 << 20, limit: Int = 1 << 20
) throws -> ReadResult {
  var reader = CSVReader(
    source: ByteSource(bytes: bytes), dialect: dialect,
    options: .init(blockSize: blockSize, maximumRecordBytes: limit))
  var batch = RecordBatch()
  var result = ReadResult()
  while try reader.next(into: &batch) { result.add(batch) }
  return result
}

/// Reads an input through `CSVParser`, in pieces that end at `cuts`.
func parse(
  _ bytes: [UInt8], dialect: Dialect = Dialect(hasHeading: false), cuts: [Int], limit: Int = 1 << 20
) -> ReadResult {
  var parser = CSVParser(dialect: dialect, maximumRecordBytes: limit)
  var batch = RecordBatch()
  var result = ReadResult()
  var leftover: [UInt8] = []
  var start = 0
  for end in cuts + [bytes.count] {
    leftover.withUnsafeBytes { kept in
      bytes[start..<end].withUnsafeBytes { batch.load(leftover: kept, fresh: $0, at: parser.position.byteOffset) }
    }
    parser.parse(&batch, isLast: end == bytes.count)
    result.add(batch)
    leftover = Array(batch.leftover)
    start = end
    if end == bytes.count { break }
  }
  return result
}
