import BillIntake
import BillLayouts
import BillModel

/// A file in memory, and what the intake makes of it.
struct CheckedFile {
  var bytes: [UInt8]
  var duplicates: DuplicatePolicy = .reject
  var options = IntakeOptions()
  var fingerprints = Fingerprints()

  init(_ text: String, duplicates: DuplicatePolicy = .reject) {
    bytes = Array(text.utf8)
    self.duplicates = duplicates
  }

  func intake() throws -> Intake {
    try Intake(layout: .standard(duplicates: duplicates), options: options, fingerprints: fingerprints)
  }

  func check() throws -> FileCheck {
    try intake().check(.memory(bytes, name: "memory"), temporaryFolder: "/tmp")
  }

  /// All findings in order.
  func findings(_ check: FileCheck) throws -> [Finding] {
    var reader = check.findings()
    var all: [Finding] = []
    while let finding = try reader.next() { all.append(finding) }
    return all
  }

  /// All findings in order, as `record:line code column`.
  func codes(_ check: FileCheck) throws -> [String] {
    try findings(check).map { finding in
      "\(finding.record):\(finding.line) \(finding.code.rawValue)" + (finding.column.map { " \($0)" } ?? "")
    }
  }

  /// All rows of pass two, asked for a few at a time.
  func rows(_ check: FileCheck, limit: Int = 3) throws -> [IntakeRow] {
    var cursor = try intake().rows(check)
    var all: [IntakeRow] = []
    while true {
      let rows = try cursor.next(limit: limit)
      if rows.isEmpty { return all }
      all += rows
    }
  }
}
