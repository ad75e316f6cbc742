import Synchronization

/// How far a stream of lines has come.
final class LineCursor: Sendable {
  /// Bytes of a portion, give or take a line.
  private static let portionSize = 1 << 16
  private let next = Atomic<Int>(0)

  /// The next lines; nil at the end. `write` adds the line of that number, or says that there is none.
  func portion(_ write: (Int, inout JSONWriter) -> Bool) -> [UInt8]? {
    var writer = JSONWriter(capacity: Self.portionSize + 1024)
    var number = next.load(ordering: .relaxed)
    while writer.bytes.count < Self.portionSize, write(number, &writer) { number += 1 }
    next.store(number, ordering: .relaxed)
    return writer.bytes.isEmpty ? nil : writer.bytes
  }
}
