import CScan
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

  /// The same while something else is done, which goes a step further now and then with what it is given. Where there are
  /// no steps, it is done afterwards: it may move the bytes.
  mutating func pass(
    _ bytes: UnsafeRawBufferPointer, during work: (UnsafeMutablePointer<cscan_digest>?) -> Void
  ) throws(IntakeError) {
    guard let steps = digester.beginSteps(bytes) else {
      try pass(bytes)
      return work(nil)
    }
    try copy?.write(bytes, at: digester.byteCount)
    work(steps)
    digester.endSteps(bytes)
  }
}
