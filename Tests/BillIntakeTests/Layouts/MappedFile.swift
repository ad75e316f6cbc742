import BillIntake
import BillLayouts
import BillModel
import Tabular

/// A file in memory that is read by a layout.
struct MappedFile {
  var bytes: [UInt8]
  var name = "memory"
  let layout: Layout
  var options = IntakeOptions(threads: 1)

  init(_ bytes: [UInt8], _ layout: String) throws {
    self.bytes = bytes
    self.layout = try Layout(json: Array(layout.utf8)) { _ in [UInt8](repeating: 7, count: 32) }
  }

  /// What was found.
  struct Outcome: Equatable {
    /// Bills as text, in their order.
    var bills: [String] = []
    /// `record:line code column`.
    var findings: [String] = []
    /// Rows read.
    var rows = 0
    /// Messages of the findings.
    var messages: [String] = []
  }

  /// - Parameter input: Where the bytes come from, if not from memory.
  func read(_ input: IntakeInput? = nil) throws -> Outcome {
    let intake = try Intake(layout: layout, options: options)
    let check = try intake.check(input ?? .memory(bytes, name: name), temporaryFolder: "/tmp")
    var outcome = Outcome()
    outcome.rows = check.recordsRead
    var findings = check.findings()
    while let finding = try findings.next() {
      outcome.findings.append(
        "\(finding.record):\(finding.line) \(finding.code.rawValue)" + (finding.column.map { " \($0)" } ?? ""))
      outcome.messages.append(finding.message)
    }
    guard check.fileFinding == nil else { return outcome }
    var cursor = intake.rows(check)
    while true {
      let rows = try cursor.next(limit: 7)
      if rows.isEmpty { return outcome }
      for case .operation(let record, let line, .raise(let bill)) in rows {
        outcome.bills.append("\(record):\(line) \(bill)")
      }
    }
  }

  /// The bills of the file.
  func bills() throws -> [Bill] {
    let intake = try Intake(layout: layout, options: options)
    var cursor = intake.rows(try intake.check(.memory(bytes, name: name), temporaryFolder: "/tmp"))
    var bills: [Bill] = []
    while true {
      let rows = try cursor.next(limit: 50)
      if rows.isEmpty { return bills }
      for case .operation(_, _, .raise(let bill)) in rows { bills.append(bill) }
    }
  }
}

extension Array<UInt8> {
  init(_ text: String, in encoding: String) throws {
    self = []
    try TextEncoder(named: encoding).append(text.utf8, to: &self)
  }

  /// Packed as a gzip.
  var gzipped: [UInt8] {
    let packer = GzipDeflater()
    return packer.pack(self) + packer.finish()
  }
}
