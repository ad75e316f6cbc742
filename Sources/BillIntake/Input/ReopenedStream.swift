import Synchronization
import Tabular

/// A stream that can only be read from its beginning, read as if it could be read from anywhere: where a place is behind
/// what is remembered, it is opened anew. Nothing of it is kept on disk.
///
/// Readers that go forwards side by side, as pass two and the findings do, each have a stream of their own.
final class ReopenedStream: Sendable {
  private struct Reading {
    var source: ByteSource
    /// What was read last, up to `end`.
    var window: [UInt8] = []
    var end: Int64 = 0
    var isAtEnd = false
    /// When it was used last, by the count of reads.
    var used = 0

    var start: Int64 { end - Int64(window.count) }
  }

  /// Readings that are open at once, at most.
  private static let mostReadings = 3
  /// Bytes that are remembered of each, at least.
  private static let memory = 4 << 20

  private let open: @Sendable () throws(InputError) -> ByteSource
  private let lock = Mutex(())
  /// Only under the lock.
  nonisolated(unsafe) private var readings: [Reading] = []

  init(_ open: @escaping @Sendable () throws(InputError) -> ByteSource) { self.open = open }

  /// Fills `buffer` from `offset` on; fewer bytes mean the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(InputError) -> Int {
    // Mutex knows no typed errors of its own: the error comes out as a value.
    try lock.withLock { _ in
      Result { () throws(InputError) in try read(into: buffer, at: offset, &readings) }
    }.get()
  }

  private func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, _ readings: inout [Reading]
  ) throws(InputError) -> Int {
    let index = try reading(for: offset, &readings)
    let end = offset + Int64(buffer.count)
    while readings[index].end < end, !readings[index].isAtEnd { try advance(&readings[index], past: offset) }
    let reading = readings[index]
    let from = Int(offset - reading.start)
    let count = max(0, min(buffer.count, reading.window.count - from))
    if count > 0 { buffer.copyBytes(from: reading.window[from..<from + count]) }
    return count
  }

  /// The reading that has to go the shortest way to a place, opened where none can get there.
  private func reading(for offset: Int64, _ readings: inout [Reading]) throws(InputError) -> Int {
    let used = (readings.map(\.used).max() ?? 0) + 1
    let able = readings.indices.filter { readings[$0].start <= offset }
    let near = able.max { readings[$0].end < readings[$1].end }
    // One that is far behind is another reader's: it keeps its place.
    if let near, offset - readings[near].end < Int64(Self.memory) || readings.count == Self.mostReadings {
      readings[near].used = used
      return near
    }
    if readings.count == Self.mostReadings,
      let oldest = readings.indices.min(by: { readings[$0].used < readings[$1].used })
    {
      readings.remove(at: oldest)
    }
    readings.append(Reading(source: try open(), used: used))
    return readings.count - 1
  }

  /// Reads a block, and forgets what lies far behind it and before `kept`. Damage, as of a filter that fails, is where the
  /// stream ends: the first reading has told it.
  private func advance(_ reading: inout Reading, past kept: Int64) throws(InputError) {
    let size = 1 << 18
    var failure: InputError?
    let source = reading.source
    let block = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      do throws(InputError) { count = try source.read(into: UnsafeMutableRawBufferPointer(buffer)) } catch {
        if case .damaged = error { count = source.bytesBeforeDamage } else { failure = error }
      }
    }
    if let failure { throw failure }
    reading.isAtEnd = block.count < size
    reading.window += block
    reading.end += Int64(block.count)
    let needless = min(Int64(reading.window.count - Self.memory), kept - reading.start)
    if needless > Int64(Self.memory) { reading.window.removeFirst(Int(needless)) }
  }
}
