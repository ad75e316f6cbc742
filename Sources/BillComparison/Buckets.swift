package import BillIntake

/// Bytes kept apart in 256 buckets, each in the order in which it was filled: in memory a little of each, the rest in a
/// file without a name that is gone when it is let go, whatever ends the process.
///
/// It has one owner.
package final class Buckets {
  package static var count: Int { 256 }

  private let file: SpillFile
  private let room: Int
  private let memory: UnsafeMutableRawPointer
  private var used = [Int](repeating: 0, count: 256)
  private var runs = [[SpillFile.Run]](repeating: [], count: 256)

  /// - Parameters:
  ///   - folder: Where the file is.
  ///   - room: Bytes of each bucket in memory.
  package init(folder: String, room: Int) {
    file = SpillFile(folder: folder)
    self.room = room
    memory = .allocate(byteCount: room * Self.count, alignment: 16)
  }

  deinit { memory.deallocate() }

  /// Adds bytes to a bucket.
  package func append(_ bytes: UnsafeRawBufferPointer, to bucket: Int) throws(IntakeError) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    if used[bucket] + bytes.count > room { try spill(bucket) }
    if bytes.count > room {
      runs[bucket].append(try file.append(bytes))
      return
    }
    (memory + bucket * room + used[bucket]).copyMemory(from: base, byteCount: bytes.count)
    used[bucket] += bytes.count
  }

  /// Puts all bytes of a bucket into `bytes`, in place of what it holds.
  package func load(_ bucket: Int, into bytes: inout [UInt8]) throws(IntakeError) {
    bytes.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(runs[bucket].reduce(used[bucket]) { $0 + $1.byteCount })
    for run in runs[bucket] { try file.read(run, appendingTo: &bytes) }
    bytes += UnsafeRawBufferPointer(start: memory + bucket * room, count: used[bucket])
  }

  private func spill(_ bucket: Int) throws(IntakeError) {
    guard used[bucket] > 0 else { return }
    let bytes = UnsafeRawBufferPointer(start: memory + bucket * room, count: used[bucket])
    runs[bucket].append(try file.append(bytes))
    used[bucket] = 0
  }
}
