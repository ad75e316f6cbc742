package import Tabular

/// A file of a report on its way to the sender.
package struct OutgoingFile {
  /// What it is called there.
  package var name: String
  /// The file of this machine that it is byte for byte; `nil` where its bytes are made when they are read.
  package var path: String?
  /// Opens its bytes from the beginning.
  package var open: () throws(DropError) -> ByteSource

  package init(name: String, path: String? = nil, open: @escaping () throws(DropError) -> ByteSource) {
    self.name = name
    self.path = path
    self.open = open
  }
}
