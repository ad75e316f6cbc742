/// What a server says of a file when it is asked for it alone.
package struct SFTPLook: Hashable, Sendable {
  /// Bytes.
  package var size: Int64
  /// When it was changed: seconds since 1970.
  package var modified: Int64

  package init(size: Int64, modified: Int64) {
    self.size = size
    self.modified = modified
  }
}
