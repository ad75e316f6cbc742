import Tabular

/// The part of pass one that digests the bytes, and keeps those that come only once.
struct PassDigesting {
  private(set) var digester = StreamDigester()
  private let copy: TemporaryFile?

  init(copy: TemporaryFile?) { self.copy = copy }

  mutating func pass(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) {
    try copy?.write(bytes, at: digester.byteCount)
    digester.update(bytes)
  }
}
