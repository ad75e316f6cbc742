import Foundation
import Synchronization
import Testing

@testable import Tabular

/// A file that another thread still writes.
@Suite struct ArrivingFileTests {
  @Test func `the end of a file that comes is known, and not waited for`() throws {
    let path = NSTemporaryDirectory() + UUID().uuidString
    try Data("external_reference\nA\n".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    final class Asked: Sendable { let offsets = Mutex([Int64]()) }
    let asked = Asked()
    let file = ArrivingFile(
      path: path, size: 21,
      wait: { offset in
        asked.offsets.withLock { $0.append(offset) }
        return min(21, offset + 20)
      }, end: {})
    let stream = try file.stream()
    var bytes = [UInt8](repeating: 0, count: 64)
    let counts = try bytes.withUnsafeMutableBytes { bytes in
      [try stream.read(into: bytes), try stream.read(into: bytes)]
    }
    #expect(counts == [21, 0])
    #expect(asked.offsets.withLock { $0 } == [0, 20])
  }
}
