package import DurableFiles
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of one's own in the temporary one, gone with its last reference.
package final class ScratchFolder {
  package let path: String

  /// Makes it, for this user alone.
  package init(in parent: String, name: String) throws(FileError) {
    var template = Array("\(parent)/billdrop-\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(.open, path: parent, code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
