import BillLayouts
import Tabular

/// Reads an input from its beginning again, block by block.
struct BlockReader: ~Copyable {
  private let input: RereadableInput
  private let byteCount: Int64
  private var parser: RecordParser
  private var mapper: RecordMapper?
  private var block: [UInt8]
  private var leftover: [UInt8] = []
  /// How many bytes were read.
  private(set) var bytesRead: Int64 = 0

  /// - Parameters:
  ///   - byteCount: Where the input ends, whatever comes after.
  ///   - reading: How its rows were read the first time.
  init(_ input: RereadableInput, byteCount: Int64, reading: RowReading) {
    self.input = input
    self.byteCount = byteCount
    parser = reading.file.parser()
    mapper = reading.mapper()
    block = [UInt8](repeating: 0, count: StreamDigester.block)
  }

  /// Whether all bytes were read.
  var isAtEnd: Bool { bytesRead >= byteCount }

  /// What stood before a bill of the batch that came last, where bills go by that.
  func state(of number: Int) -> MappingState? { mapper?.state(of: number) }

  /// What is wrong with the records of the batch that came last, by their layout.
  var faults: [MappingFault] { mapper?.faults ?? [] }

  /// Fills `batch` with the next records; how many bytes were read for it, fewer than a block only at the end or where
  /// the input has become shorter.
  mutating func next(into batch: inout RecordBatch) throws(IntakeError) -> Int {
    let room = Int(min(Int64(block.count), byteCount - bytesRead))
    var failure: IntakeError?
    let count = block.withUnsafeMutableBytes { [input, bytesRead] bytes -> Int in
      do throws(IntakeError) {
        return try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<room]), at: bytesRead)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    bytesRead += Int64(count)
    leftover.withUnsafeBytes { leftover in
      block.withUnsafeBytes { block in
        batch.load(
          leftover: leftover, fresh: UnsafeRawBufferPointer(rebasing: block[..<count]), at: parser.position.byteOffset)
      }
    }
    parser.parse(&batch, isLast: count < room || isAtEnd)
    leftover = Array(batch.leftover)
    mapper?.map(&batch)
    return count
  }
}
