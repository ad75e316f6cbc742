/// A file in a drop as a listing shows it.
package struct DropEntry: Hashable, Sendable {
  /// What changes when somebody writes to it or puts another file in its place.
  package struct Stamp: Hashable, Sendable {
    /// Bytes.
    package var size: Int64
    /// Nanoseconds since 1970, as fine as the drop tells.
    package var modified: Int64
    /// The file's number where the drop tells one, else 0.
    package var identity: UInt64

    package init(size: Int64, modified: Int64, identity: UInt64 = 0) {
      self.size = size
      self.modified = modified
      self.identity = identity
    }
  }

  /// Bytes of the largest file that is taken: no bills fill a tebibyte, and a sparse file of any size costs its sender nothing.
  package static let mostBytes: Int64 = 1 << 40

  /// Without a folder.
  package var name: String
  package var stamp: Stamp

  package init(name: String, stamp: Stamp) {
    self.name = name
    self.stamp = stamp
  }
}
