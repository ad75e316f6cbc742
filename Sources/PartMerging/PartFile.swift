import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is read at any place.
final class PartFile {
  let path: String
  let byteCount: Int
  private let descriptor: CInt

  init(path: String) throws(PartFault) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .file(FileError(.open, path: path, code: errno)) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let code = errno
      close(descriptor)
      throw .file(FileError(.open, path: path, code: code == 0 ? EISDIR : code))
    }
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// So many bytes from a place; fewer only where the file ends.
  func bytes(at offset: Int, count: Int) throws(PartFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
      }
      if read == 0 { break }
      if read > 0 {
        filled += read
      } else if errno != EINTR {
        throw .file(FileError(.read, path: path, code: errno))
      }
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
