import DurableFiles
import Synchronization
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of a remote file on this machine, on its way to being whole: by blocks, several parts at a time.
///
/// Its bytes are written where they belong as they come; each block's hash is noted when the block is there.
final class StagedFile: Sendable {
  /// Bytes of a block: what is lost at most, a connection, when the process dies.
  static let blockBytes: Int64 = 4 << 20

  private struct State {
    var journal: StagingJournal
    /// Which blocks are there.
    var has: [Bool]
    /// All blocks before this one are there.
    var front = 0
    var fault: FileError?
  }

  /// What is known of a part while it comes; of one thread at a time.
  private final class Flow: @unchecked Sendable {
    var hash = BlockHash()
    var offset: Int64

    init(_ offset: Int64) { self.offset = offset }
  }

  let path: String
  let size: Int64
  private let file: PlacedFile
  private let state: Mutex<State>
  /// What is found wrong by one who makes it durable is known before another is through with that.
  private let syncing = Mutex(())

  /// Goes on with what is there of a file of this size and time, as far as its bytes still have their hashes.
  ///
  /// - Parameter size: Bytes, no more than `DropEntry.mostBytes`.
  init(path: String, journal: String, size: Int64, modified: Int64) throws(FileError) {
    guard (0...DropEntry.mostBytes).contains(size) else { throw FileError(.write, path: path, code: EFBIG) }
    let isThere = try FileLook(path: path)?.size == size
    if !isThere { try Directory.remove(journal) }
    let known = try StagingJournal(path: journal, size: size, modified: modified)
    self.path = path
    self.size = size
    file = try PlacedFile(path: path, size: size)
    var has = [Bool](repeating: known.isWhole, count: Int((size + Self.blockBytes - 1) / Self.blockBytes))
    if !known.isWhole {
      for (block, hash) in known.blocks where has.indices.contains(block) {
        has[block] = try Self.hash(of: block, in: file, size) == hash
      }
    }
    let front = has.firstIndex(of: false) ?? has.count
    state = Mutex(State(journal: known, has: has, front: front))
  }

  private static func range(of block: Int, _ size: Int64) -> Range<Int64> {
    Int64(block) * blockBytes..<min(size, Int64(block + 1) * blockBytes)
  }

  private static func hash(of block: Int, in file: PlacedFile, _ size: Int64) throws(FileError) -> UInt64 {
    let range = range(of: block, size)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(range.count), alignment: 16)
    defer { buffer.deallocate() }
    let count = try file.read(into: buffer, at: range.lowerBound)
    var hash = BlockHash()
    hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return hash.finish()
  }

  var isWhole: Bool { state.withLock { $0.journal.isWhole } }
  var fault: FileError? { state.withLock { $0.fault } }

  /// How many bytes are there from the beginning without a gap.
  var front: Int64 { state.withLock { min(size, Int64($0.front) * Self.blockBytes) } }

  /// What is still to come, in its order, in stretches that several connections can share.
  func missing(connections: Int) -> [Range<Int64>] {
    let has = state.withLock { $0.has }
    let shares = SFTPShares(connections: connections)
    var rest = has.count { !$0 }
    var stretches: [Range<Int64>] = []
    var block = 0
    while block < has.count {
      if has[block] {
        block += 1
        continue
      }
      let most = Int(shares.next(of: Int64(rest) * Self.blockBytes) / Self.blockBytes)
      var end = block + 1
      while end < has.count, !has[end], end - block < most { end += 1 }
      stretches.append(Int64(block) * Self.blockBytes..<min(size, Int64(end) * Self.blockBytes))
      rest -= end - block
      block = end
    }
    return stretches
  }

  /// What takes the bytes of stretches, by their numbers, on any thread; says no where they can't be written.
  func taker(of stretches: [Range<Int64>]) -> @Sendable (Int, Int64, UnsafeRawBufferPointer) -> Bool {
    let flows = stretches.map { Flow($0.lowerBound) }
    return { [self] index, offset, bytes in
      do throws(FileError) {
        try take(bytes, at: offset, flows[index])
        return true
      } catch {
        state.withLock { $0.fault = $0.fault ?? error }
        return false
      }
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, at offset: Int64, _ flow: Flow) throws(FileError) {
    precondition(flow.offset == offset, "the bytes of a stretch come in their order")
    try file.write(bytes, at: offset)
    var rest = bytes
    while !rest.isEmpty {
      let block = Int(flow.offset / Self.blockBytes)
      let end = Self.range(of: block, size).upperBound
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(min(Int64(rest.count), end - flow.offset))))
      flow.hash.update(piece)
      flow.offset += Int64(piece.count)
      if flow.offset == end { try note(block, flow.hash.finish()) }
      rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
    }
  }

  private func note(_ block: Int, _ hash: UInt64) throws(FileError) {
    let fault = state.withLock { state -> FileError? in
      do throws(FileError) { try state.journal.note(block, hash) } catch { return error }
      state.has[block] = true
      while state.front < state.has.count, state.has[state.front] { state.front += 1 }
      return nil
    }
    if let fault { throw fault }
  }

  /// How many bytes are there, wherever they lie.
  var arrivedBytes: Int64 { state.withLock { Int64($0.has.count { $0 }) * Self.blockBytes } }

  /// Makes durable what is there by now, so that little is left to do at the end.
  func makeDurable() {
    syncing.withLock { _ in
      do throws(FileError) { try file.sync() } catch {
        // The system tells such a fault once: the copy is none.
        state.withLock { $0.fault = $0.fault ?? error }
      }
    }
  }

  /// Makes it durable, and says that it is whole.
  func finish() throws(FileError) {
    makeDurable()
    try Directory.sync(Directory.parent(of: path))
    let fault = state.withLock { state -> FileError? in
      if let fault = state.fault { return fault }
      do throws(FileError) { try state.journal.noteWhole() } catch { return error }
      return nil
    }
    if let fault { throw fault }
  }
}
