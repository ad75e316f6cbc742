/// Where entries go that memory has no room for: a file without a name, written run after run. Gone when it is let go,
/// whatever ends the process.
///
/// It has one writer; once nobody writes any more, several threads may read.
package final class SpillFile: @unchecked Sendable {
  /// Bytes that were written together.
  package struct Run: Sendable {
    fileprivate let offset: Int64
    package let byteCount: Int
  }

  private let folder: String
  private var file: TemporaryFile?
  /// How many bytes were written.
  private(set) var byteCount: Int64 = 0

  package init(folder: String) { self.folder = folder }

  /// Writes a run.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) -> Run {
    let file: TemporaryFile
    if let open = self.file { file = open } else { file = try TemporaryFile(folder: folder) }
    self.file = file
    try file.write(bytes, at: byteCount)
    defer { byteCount += Int64(bytes.count) }
    return Run(offset: byteCount, byteCount: bytes.count)
  }

  /// Adds the bytes of a run to `bytes`.
  package func read(_ run: Run, appendingTo bytes: inout [UInt8]) throws(IntakeError) {
    let start = bytes.count
    bytes += repeatElement(0, count: run.byteCount)
    let count = try bytes.withUnsafeMutableBytes { [file] bytes in
      Result { () throws(IntakeError) in
        try file?.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), at: run.offset) ?? 0
      }
    }.get()
    guard count == run.byteCount else { throw .temporary(folder: folder, operation: .read, code: 0) }
  }

  /// Calls `body` with each entry of a run, in their order.
  @inline(__always)
  func forEach<Entry: BitwiseCopyable>(of run: Run, as: Entry.Type, _ body: (Entry) -> Void) throws(IntakeError) {
    let count = run.byteCount / MemoryLayout<Entry>.stride
    let entries = UnsafeMutableBufferPointer<Entry>.allocate(capacity: count)
    defer { entries.deallocate() }
    guard let file, try file.read(into: UnsafeMutableRawBufferPointer(entries), at: run.offset) == run.byteCount else {
      throw .temporary(folder: folder, operation: .read, code: 0)
    }
    for entry in entries { body(entry) }
  }
}
