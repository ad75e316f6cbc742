import Hashing
import Tabular

/// Reads a checked input again, block by block, and lets no record through before its block's digest was compared.
struct VerifyingReader: ~Copyable {
  private let check: FileCheck
  private var parser = CSVParser(dialect: Dialect())
  private var digester = StreamDigester()
  private var block: [UInt8]
  private var leftover: [UInt8] = []
  private var isExhausted = false

  init(_ check: FileCheck) {
    self.check = check
    block = [UInt8](repeating: 0, count: StreamDigester.block)
  }

  /// Fills `batch` with the next records; `false` at the end.
  ///
  /// - Throws: `IntakeError.changed` where the input isn't what it was.
  mutating func next(into batch: inout RecordBatch) throws(IntakeError) -> Bool {
    guard !isExhausted else { return false }
    let count = try readBlock()
    isExhausted = count < block.count || digester.byteCount == check.byteCount
    leftover.withUnsafeBytes { leftover in
      block.withUnsafeBytes { block in
        batch.load(
          leftover: leftover, fresh: UnsafeRawBufferPointer(rebasing: block[..<count]), at: parser.position.byteOffset)
      }
    }
    parser.parse(&batch, isLast: isExhausted)
    leftover = Array(batch.leftover)
    return true
  }

  private mutating func readBlock() throws(IntakeError) -> Int {
    let offset = digester.byteCount
    let input = check.input
    let room = min(block.count, Int(check.byteCount - offset))
    var failure: IntakeError?
    let count = block.withUnsafeMutableBytes { bytes -> Int in
      do throws(IntakeError) {
        return try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<room]), at: offset)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    block.withUnsafeBytes { digester.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    guard count == room, isAsBefore() else { throw .changed(name: check.name, byteOffset: offset + Int64(count)) }
    return count
  }

  /// Whether all bytes read so far have the digest of pass one.
  private mutating func isAsBefore() -> Bool {
    if digester.byteCount == check.byteCount { return digester.finish() == check.digest }
    let index = digester.digests.count - 1
    return index >= 0 && index < check.blockDigests.count && digester.digests[index] == check.blockDigests[index]
  }
}
