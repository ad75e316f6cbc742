#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written at places of one's choice, by several threads; closed at the end of its life.
package final class PlacedFile: Sendable {
  package let path: String
  private let file: FileHandle

  /// Opens a file, or makes it with the mode 0600, and gives it a size.
  package init(path: String, size: Int64) throws(FileError) {
    self.path = path
    file = try FileHandle(path: path, flags: O_RDWR | O_CREAT)
    try file.setMode(0o600)
    while ftruncate(file.descriptor, off_t(size)) != 0 {
      if errno != EINTR { throw FileError(.write, path: path, code: errno) }
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileError) {
    var rest = bytes
    var place = offset
    while !rest.isEmpty {
      let count = pwrite(file.descriptor, rest.baseAddress, rest.count, off_t(place))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(.write, path: path, code: count == 0 ? ENOSPC : errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      place += Int64(count)
    }
  }

  /// Fills a buffer from a place on; fewer bytes mean the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(file.descriptor, rest.baseAddress, rest.count, off_t(offset + Int64(filled)))
      if count == 0 { break }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(.read, path: path, code: errno) }
      filled += count
    }
    return filled
  }

  /// Waits until the contents are on the device.
  package func sync() throws(FileError) { try file.sync() }
}
