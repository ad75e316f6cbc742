#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file without a name, in a folder that the caller gives: gone when it is let go, whatever ends the process.
final class TemporaryFile: Sendable {
  private let descriptor: Int32
  private let folder: String

  /// Makes the file, readable by its owner only.
  init(folder: String) throws(IntakeError) {
    self.folder = folder
    var template = Array("\(folder)/.billdrop.XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .temporary(folder: folder, operation: .create, code: errno) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(IntakeError) {
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let count = pwrite(descriptor, base + written, bytes.count - written, off_t(offset) + off_t(written))
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw .temporary(folder: folder, operation: .write, code: code)
      }
      written += count
    }
  }

  /// Fills `buffer` from `offset` on; fewer bytes mean the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(IntakeError) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      let count = pread(descriptor, base + filled, buffer.count - filled, off_t(offset) + off_t(filled))
      if count == 0 { break }
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw .temporary(folder: folder, operation: .read, code: code)
      }
      filled += count
    }
    return filled
  }
}
