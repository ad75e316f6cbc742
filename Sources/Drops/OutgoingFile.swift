package import Tabular

/// A file of a report on its way to the sender.
package struct OutgoingFile {
  /// What it is called there.
  package var name: String
  /// Opens its bytes from the beginning.
  package var open: () throws(DropError) -> ByteSource

  package init(name: String, open: @escaping () throws(DropError) -> ByteSource) {
    self.name = name
    self.open = open
  }
}
