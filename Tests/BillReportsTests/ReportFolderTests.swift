import Hashing
import Testing

@testable import BillReports

@Suite struct ReportFolderTests {
  let digest = SHA256Digest(hex: String(repeating: "ab", count: 32))!

  @Test(arguments: [
    ("bills.csv", "bills.csv"), ("..", "_"), (".", "_"), ("", "_"), ("a/b", "a_b"), ("new\nline", "new_line"),
    ("\u{1B}[31m", "_[31m"),
  ])
  func `a report's folder is named after the file and stays below the reports`(name: String, folder: String) {
    let path = ReportFolder(reports: "out", fileName: name, digest: digest, command: "submit").path
    #expect(path == "out/\(folder)-abababababab/submit")
  }

  @Test func `a long name is cut at a character's border`() {
    let name = String(repeating: "é", count: 150)
    let path = ReportFolder(reports: "out", fileName: name, digest: digest, command: "submit").path
    #expect(path == "out/\(String(repeating: "é", count: 100))-abababababab/submit")
  }
}
