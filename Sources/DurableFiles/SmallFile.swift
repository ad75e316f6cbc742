#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small file, read whole: a key, a layout, a plan, a configuration.
///
/// What is no regular file and what is larger than its bound is refused at once: nobody waits for a pipe, and no device
/// and no file of gigabytes fills the memory. It is looked at before it is opened, since opening alone can wait.
package struct SmallFile: Sendable {
  package let path: String
  package let bytes: [UInt8]

  /// So much is read at a time.
  private static let block = 1 << 16

  /// - Parameter mostBytes: The greatest size that such a file can have.
  package init(path: String, mostBytes: Int) throws(SmallFileFault) {
    self.path = path
    try Self.mustBeFile(path, mostBytes: mostBytes)
    do throws(FileError) {
      let handle = try FileHandle(path: path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
      bytes = try Self.contents(of: handle, mostBytes)
    } catch {
      throw SmallFileFault(path: path, error.code == ENOENT ? .missing : .failed(error))
    }
    guard bytes.count <= mostBytes else { throw SmallFileFault(path: path, .tooLarge(mostBytes: mostBytes)) }
  }

  /// Its bytes as UTF-8, what is none replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Throws where a path is that of no regular file, or of one that is too large; nothing is opened.
  package static func mustBeFile(_ path: String, mostBytes: Int = .max) throws(SmallFileFault) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code != ENOENT, code != ENOTDIR else { throw SmallFileFault(path: path, .missing) }
      throw SmallFileFault(path: path, .failed(FileError(.inspect, path: path, code: code)))
    }
    let kind: SmallFileFault.Cause? =
      switch status.st_mode & S_IFMT {
      case S_IFREG: status.st_size > mostBytes ? .tooLarge(mostBytes: mostBytes) : nil
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    if let kind { throw SmallFileFault(path: path, kind) }
  }

  /// All bytes, or one more than so many: a file may grow while it is read, and those of /proc tell no size.
  private static func contents(of handle: FileHandle, _ mostBytes: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(Self.block, mostBytes + 1))
    while bytes.count <= mostBytes {
      let room = min(block.count, mostBytes + 1 - bytes.count)
      let count = block.withUnsafeMutableBytes { read(handle.descriptor, $0.baseAddress, room) }
      if count == 0 { break }
      if count > 0 {
        bytes += block[..<count]
      } else if errno != EINTR {
        throw FileError(.read, path: handle.path, code: errno)
      }
    }
    return bytes
  }
}
