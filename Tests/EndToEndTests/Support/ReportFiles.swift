import Foundation
import Testing

/// The files of one report.
struct ReportFiles {
  let folder: URL

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }
  func table(_ name: String) throws -> CSVTable { try CSVTable(text(name)) }
  func summary() throws -> SummaryFile {
    try JSONDecoder().decode(SummaryFile.self, from: Data(contentsOf: folder.appending(path: "summary.json")))
  }

  /// The findings of `issues.csv` in the form of the expectations.
  func findings() throws -> [Expectation.Finding] {
    try table("issues.csv").rows.map { row in
      Expectation.Finding(
        record: Int(row["record"] ?? "") ?? 0, line: Int(row["line"] ?? "") ?? 0,
        column: row["column"].flatMap { $0.isEmpty ? nil : $0 }, code: row["code"] ?? "",
        severity: row["severity"] ?? "")
    }
  }

  /// `issues.csv` has these findings and no others.
  func expect(_ expected: [Expectation.Finding], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let found = try findings()
    #expect(Set(found).subtracting(expected) == [], "found, not expected", sourceLocation: sourceLocation)
    #expect(Set(expected).subtracting(found) == [], "expected, not found", sourceLocation: sourceLocation)
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
  }
}
