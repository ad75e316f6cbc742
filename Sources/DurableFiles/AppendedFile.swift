#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that lines are added to at its end, each with one call of the system; closed at the end of its life.
package final class AppendedFile: Sendable {
  private let file: FileHandle

  /// Opens a file, or makes it with the mode 0600.
  package init(path: String) throws(FileError) {
    file = try FileHandle(path: path, flags: O_WRONLY | O_APPEND | O_CREAT)
  }

  package func add(_ text: String) throws(FileError) { try file.writeAll(Array(text.utf8)) }

  /// Waits until the contents are on the device.
  package func sync() throws(FileError) { try file.sync() }
}
