#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that stays open to be looked at again, by what was opened and not by its name.
///
/// To close any descriptor of a file lets go of all locks that the process has on it by fcntl(2), SQLite's among them: so
/// this one is opened before they are had, and closed after them.
package final class HeldFile: Sendable {
  private let handle: FileHandle

  /// Opens the file at `path` for reading.
  package init(path: String) throws(FileError) { handle = try FileHandle(path: path, flags: O_RDONLY) }

  /// How many bytes it has now.
  package func byteCount() throws(FileError) -> Int64 {
    var status = stat()
    guard fstat(handle.descriptor, &status) == 0 else { throw FileError(.inspect, path: handle.path, code: errno) }
    return Int64(status.st_size)
  }

  /// Its first bytes, `limit` or as many as there are.
  package func head(limit: Int) throws(FileError) -> [UInt8] { try handle.head(limit: limit) }
}
