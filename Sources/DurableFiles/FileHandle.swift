#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open file, closed at the end of its life. The system's calls, with EINTR retried and errors typed.
final class FileHandle: Sendable {
  let descriptor: CInt
  let path: String

  /// Opens `path` with the flags of open(2) (close-on-exec added) and, for a new file, the permissions `mode`.
  init(path: String, flags: CInt, mode: mode_t = 0o600) throws(FileError) {
    self.path = path
    var opened: CInt
    repeat { opened = open(path, flags | O_CLOEXEC, mode) } while opened < 0 && errno == EINTR
    guard opened >= 0 else { throw FileError(.open, path: path, code: errno) }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes` at the current place.
  func writeAll(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        throw FileError(.write, path: path, code: errno)
      }
    }
  }

  /// Writes all of `bytes` at the current place.
  func writeAll(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withUnsafeBytes { bytes in Result { () throws(FileError) in try writeAll(bytes) } }.get()
  }

  /// Reads up to `limit` bytes from the start of the file.
  func head(limit: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var filled = 0
    while filled < limit {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, limit - filled, off_t(filled))
      }
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw FileError(.read, path: path, code: errno)
      }
    }
    bytes.removeLast(limit - filled)
    return bytes
  }

  /// Waits until contents and metadata are on the device (F_FULLFSYNC on Darwin, where fsync only reaches the drive).
  func sync() throws(FileError) {
    #if canImport(Darwin)
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    while fsync(descriptor) != 0 {
      if errno != EINTR { throw FileError(.sync, path: path, code: errno) }
    }
  }

  /// Has the system begin to put bytes on the device that were written, and waits for nothing, so that there is less to wait
  /// for in `sync()`. Nothing where it can't. (Linux: posix_fadvise(2), whose POSIX_FADV_DONTNEED begins with that.)
  func beginSync(from start: Int64, count: Int64) {
    #if os(Linux)
      posix_fadvise(descriptor, off_t(start), off_t(count), POSIX_FADV_DONTNEED)
    #endif
  }

  /// Gives the file to a group.
  func setGroup(_ group: gid_t) throws(FileError) {
    guard fchown(descriptor, uid_t.max, group) == 0 else { throw FileError(.changeGroup, path: path, code: errno) }
  }

  /// Sets the permissions, whatever the umask.
  func setMode(_ mode: mode_t) throws(FileError) {
    guard fchmod(descriptor, mode) == 0 else { throw FileError(.changeMode, path: path, code: errno) }
  }
}
