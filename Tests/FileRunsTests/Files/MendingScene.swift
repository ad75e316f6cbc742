import BillIntake
import BillLayouts
import BillModel
import BillReports
import FoundationEssentials
import Tabular
import Testing

@testable import FileRuns

/// A file that is validated, its rejected rows mended and validated again.
struct MendingScene {
  let folder = FileManager.default.temporaryDirectory.path + "/mending-\(UInt64.random(in: 0...UInt64.max))"
  let intake: Intake

  init(_ layout: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    intake = try Intake(layout: try Layout(json: Array(layout.utf8)))
  }

  /// What `validate` writes of a file.
  struct Report {
    let valid: Int
    let invalid: Int
    let codes: [String]
    /// Bytes of the report's files by their names.
    let files: [String: [UInt8]]
  }

  func validate(_ bytes: [UInt8], as name: String) throws -> Report {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    let run = ValidateRun(intake: intake, reports: folder + "/reports", temporaryFolder: folder, examples: 1)
    let result = try run.run(.file(path: path)) { _ in true }
    let report = try #require(result.summary.reportFolder)
    var files: [String: [UInt8]] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: report) {
      files[file] = Array(try Data(contentsOf: URL(filePath: report + "/" + file)))
    }
    return Report(
      valid: result.summary.recordsValid, invalid: result.summary.recordsInvalid,
      codes: result.summary.findings.map(\.code.rawValue), files: files)
  }

  /// The references of the bills of a file.
  func references(_ bytes: [UInt8], as name: String) throws -> [String] {
    let check = try intake.check(.memory(bytes, name: name), temporaryFolder: folder)
    var cursor = intake.rows(check)
    var found: [String] = []
    while true {
      let rows = try cursor.next(limit: 100)
      if rows.isEmpty { return found }
      for case .operation(_, _, .raise(let bill)) in rows { found.append(bill.reference) }
    }
  }
}

extension Array<UInt8> {
  init(_ text: String, in encoding: String) throws(TextEncodingError) {
    self = []
    try TextEncoder(named: encoding).append(text.utf8, to: &self)
  }

  /// With each occurrence of some bytes replaced by others.
  func replacing(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < count {
      if self[index...].starts(with: old) {
        result += new
        index += old.count
      } else {
        result.append(self[index])
        index += 1
      }
    }
    return result
  }
}
