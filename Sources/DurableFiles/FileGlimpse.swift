#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A look at a file without reading it all: its length and first bytes.
package struct FileGlimpse: Hashable, Sendable {
  package var byteCount: Int64
  /// Under how many names the file is known on its file system: hard links, itself among them.
  package var nameCount: Int
  /// The first bytes, as many as were asked for or are there.
  package var head: [UInt8]

  /// Looks at the file at `path`; `nil` where there is none. Anything but a regular file is EISDIR.
  package init?(path: String, headLimit: Int) throws(FileError) {
    let handle: FileHandle
    do throws(FileError) {
      handle = try FileHandle(path: path, flags: O_RDONLY | O_NONBLOCK)
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    var status = stat()
    guard fstat(handle.descriptor, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(.open, path: path, code: EISDIR) }
    byteCount = Int64(status.st_size)
    nameCount = Int(status.st_nlink)
    head = try handle.head(limit: headLimit)
  }
}

extension FileError {
  /// Whether what was opened is no regular file, but a folder or a device.
  package var isNoRegularFile: Bool { code == EISDIR }
}
