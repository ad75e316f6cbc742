/// A part of a remote file, to be read in one go.
package struct SFTPPart: Hashable, Sendable {
  package var path: String
  /// Offsets in bytes; not empty.
  package var range: Range<Int64>

  package init(path: String, range: Range<Int64>) {
    self.path = path
    self.range = range
  }
}
