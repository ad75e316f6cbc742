import BillLayouts
import Hashing
import Tabular

/// Reads a checked input again, and lets no record through before the digest of its block was compared.
struct VerifyingReader: ~Copyable {
  private let check: FileCheck
  private var reader: BlockReader
  private var digester = StreamDigester()

  init(_ check: FileCheck) {
    self.check = check
    reader = BlockReader(check.input, byteCount: check.text.byteCount, reading: check.reading)
  }

  /// What stood before a bill of the batch that came last, where bills go by that.
  func state(of number: Int) -> MappingState? { reader.state(of: number) }

  /// What is wrong with the records of the batch that came last, by their layout.
  var faults: [MappingFault] { reader.faults }

  /// Fills `batch` with the next records; `false` at the end.
  ///
  /// - Throws: `IntakeError.changed` where the input isn't what it was.
  mutating func next(into batch: inout RecordBatch) throws(IntakeError) -> Bool {
    guard !reader.isAtEnd else { return false }
    let count = try reader.next(into: &batch)
    digester.update(batch.freshBytes)
    guard count == StreamDigester.block || reader.isAtEnd, isAsBefore() else {
      throw .changed(name: check.name, byteOffset: reader.bytesRead)
    }
    return true
  }

  /// Whether all bytes read so far have the digest of pass one.
  private mutating func isAsBefore() -> Bool {
    if reader.isAtEnd { return digester.finish() == check.text.digest }
    let index = digester.digests.count - 1
    return index >= 0 && index < check.text.blockDigests.count
      && digester.digests[index] == check.text.blockDigests[index]
  }
}
