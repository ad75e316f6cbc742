#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is there whole or not at all.
///
/// Bytes go through a buffer into a temporary file in the same directory (`.billdrop-<16 hex digits>.tmp`: the same file
/// system, and a name that no drop takes). `commit()` makes it durable and gives it its name in one step (rename(2)),
/// in place of whatever had that name. A file that is not committed is removed with its last reference; only a killed
/// process leaves one, and `removeLeftovers(in:)` finds those.
package final class AtomicFile {
  /// Where the file will be.
  package let path: String
  /// Bytes written so far, buffered ones among them.
  package private(set) var byteCount: Int64 = 0

  private let temporaryPath: String
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0
  /// So many bytes were left to the system, and so many of them it was asked to put on the device.
  private var flushed: Int64 = 0
  private var begun: Int64 = 0
  /// Bytes left to the system before it is asked to.
  private static let stretch: Int64 = 2 << 20
  private var progress = Progress.writing

  let handle: FileHandle

  private enum Progress {
    case writing, ended
    case failed(FileError)
  }

  /// Opens a temporary file beside `path`, whose directory must exist. `mode` is exact, whatever the umask.
  ///
  /// - Parameter group: The number of the group that it is given to; this process must belong to it.
  package init(
    path: String, mode: UInt32 = 0o600, group: UInt32? = nil, bufferSize: Int = 1 << 16
  ) throws(FileError) {
    self.path = path
    let (temporaryPath, handle) = try Self.makeTemporary(in: Directory.parent(of: path))
    self.temporaryPath = temporaryPath
    do throws(FileError) {
      if let group { try handle.setGroup(group) }
      try handle.setMode(mode_t(mode))
    } catch {
      unlink(temporaryPath)
      throw error
    }
    self.handle = handle
    buffer = .allocate(byteCount: max(bufferSize, 1), alignment: 16)
  }

  deinit {
    abandon()
    buffer.deallocate()
  }

  /// Adds bytes. After a failure every later call, also of `commit()`, throws the same again.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try checkWriting()
    byteCount += Int64(bytes.count)
    if buffered + bytes.count > buffer.count { try flush() }
    if bytes.count > buffer.count {
      try hand(bytes)
    } else if !bytes.isEmpty {
      UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: bytes)
      buffered += bytes.count
    }
  }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    // withUnsafeBytes knows no typed errors: the error comes out as a value.
    try bytes.withUnsafeBytes { bytes in Result { () throws(FileError) in try write(bytes) } }.get()
  }

  /// Adds the UTF-8 bytes of a text.
  package func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8))
  }

  /// Makes the contents durable, gives the file its name and makes that durable. Nothing can be written afterwards.
  ///
  /// - Parameter durably: `false` where a power cut may take it back: it costs no wait for the device.
  package func commit(durably: Bool = true) throws(FileError) {
    try finishWriting()
    if durably { try attempt { () throws(FileError) in try handle.sync() } }
    try takeName()
    if durably { try Directory.sync(Directory.parent(of: path)) }
  }

  /// Writes what is left in the buffer.
  func finishWriting() throws(FileError) {
    try checkWriting()
    try flush()
  }

  /// Gives the file its name; nothing can be written afterwards.
  func takeName() throws(FileError) {
    try attempt { () throws(FileError) in
      guard rename(temporaryPath, path) == 0 else { throw FileError(.rename, path: path, code: errno) }
    }
    progress = .ended
  }

  /// Drops what was written; does nothing after `commit()`.
  package func abandon() {
    if case .ended = progress { return }
    progress = .ended
    unlink(temporaryPath)
  }

  private func flush() throws(FileError) {
    guard buffered > 0 else { return }
    let full = UnsafeRawBufferPointer(rebasing: buffer[..<buffered])
    buffered = 0
    try hand(full)
  }

  /// Leaves bytes to the system.
  private func hand(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try attempt { () throws(FileError) in try handle.writeAll(bytes) }
    flushed += Int64(bytes.count)
    guard flushed - begun >= Self.stretch else { return }
    handle.beginSync(from: begun, count: flushed - begun)
    begun = flushed
  }

  private func checkWriting() throws(FileError) {
    switch progress {
    case .writing: break
    case .ended: throw FileError(.write, path: path, code: EBADF)
    case .failed(let error): throw error
    }
  }

  /// Does something; where it fails, so does everything after it.
  func attempt(_ work: () throws(FileError) -> Void) throws(FileError) {
    do throws(FileError) {
      try work()
    } catch {
      // The caller knows the file by the name that it asked for.
      let named = FileError(error.operation, path: path, code: error.code)
      progress = .failed(named)
      throw named
    }
  }
}

extension AtomicFile {
  /// Makes a temporary file and locks it, which is held while writing, so that leftovers can be told from files at work.
  /// Who clears leftovers in between takes it for one: then another is made.
  private static func makeTemporary(in directory: String) throws(FileError) -> (path: String, handle: FileHandle) {
    while true {
      let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
      let name = prefix + String(repeating: "0", count: 16 - random.count) + random + suffix
      let path = directory + "/" + name
      let handle = try FileHandle(path: path, flags: O_WRONLY | O_CREAT | O_EXCL)
      let isLocked = flock(handle.descriptor, LOCK_EX | LOCK_NB) == 0
      // Some file systems know no locks.
      if isLocked ? hasName(handle) : errno != EWOULDBLOCK { return (path, handle) }
    }
  }

  private static func hasName(_ handle: FileHandle) -> Bool {
    var status = stat()
    return fstat(handle.descriptor, &status) != 0 || status.st_nlink > 0
  }

  private static let prefix = ".billdrop-"
  private static let suffix = ".tmp"

  /// Removes the temporary files in `directory` that killed processes left; those at work are locked and stay.
  package static func removeLeftovers(in directory: String) throws(FileError) {
    for name in try Directory.names(in: directory, beginningWith: prefix) where name.hasSuffix(suffix) {
      let path = directory + "/" + name
      guard let handle = try? FileHandle(path: path, flags: O_WRONLY | O_NOFOLLOW) else { continue }
      if flock(handle.descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }
  }
}
