package import DurableFiles
package import Hashing

/// Where the report of a file lies: `REPORTS/<file name>-<12 digits of the digest>/<command>`.
package struct ReportFolder: Sendable {
  /// The path of the folder, ending in the command's name.
  package let path: String

  /// - Parameters:
  ///   - reports: the folder of all reports.
  ///   - fileName: the file's last path component; cut to 200 bytes at a character's border, and characters that
  ///     would leave the folder or garble a terminal replaced.
  package init(reports: String, fileName: String, digest: SHA256Digest, command: String) {
    path = "\(reports)/\(Self.name(fileName, digits: digest.short))/\(command)"
  }

  /// The name of the folder with a file's reports.
  package static func name(_ fileName: String, digits: String) -> String { "\(folderName(fileName))-\(digits)" }

  /// Makes the folder and shows that files can be written in it; leaves no file.
  package func makeWritable() throws(FileError) {
    try make()
    try AtomicFile(path: path + "/summary.json").abandon()
  }

  /// Makes the folder, and that of the file above it, in place of links of their names: what a link leads to is none of
  /// ours. The folder of all reports itself may be a link.
  package func make() throws(FileError) {
    for folder in [Directory.parent(of: path), path] { try Directory.makeInPlaceOfLink(folder) }
  }

  /// Whether a complete report lies here: its summary is written last.
  package var isComplete: Bool { Directory.hasFile(path + "/summary.json") }

  /// The name of the receipt of a finished file.
  static let receiptName = "receipt.json"

  /// Where it lies.
  var receiptPath: String { "\(path)/\(Self.receiptName)" }

  /// Whether a receipt lies here.
  package var hasReceipt: Bool { Directory.hasFile(receiptPath) }

  private static func folderName(_ fileName: String) -> String {
    var name = ""
    for character in fileName {
      let isUnsafe = character == "/" || character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      let next = isUnsafe ? "_" : String(character)
      if name.utf8.count + next.utf8.count > 200 { break }
      name += next
    }
    return name == "" || name == "." || name == ".." ? "_" : name
  }
}
