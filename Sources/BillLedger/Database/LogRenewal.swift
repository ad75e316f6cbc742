import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file's bytes again where they are, and waits until the disk has them. Who reads the file meanwhile sees no change.
struct LogRenewal: ~Copyable {
  private let path: String
  private let descriptor: CInt

  init(path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.open, path: path, code: errno) }
  }

  deinit { close(descriptor) }

  func run() throws(FileError) {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var offset: off_t = 0
    while true {
      let count = pread(descriptor, &bytes, bytes.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, path: path, code: errno) }
      if count == 0 { break }
      // What wasn't taken is read again.
      let written = pwrite(descriptor, bytes, count, offset)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw FileError(.write, path: path, code: errno) }
      offset += off_t(written)
    }
    guard LedgerSync.flushed(descriptor) != -1 else { throw FileError(.sync, path: path, code: errno) }
  }
}
