package import BillModel
package import DurableFiles

/// Writes the report of one file: tables while rows pass by, the summary last.
///
/// Every file is written whole or not at all. An old `summary.json` goes before anything else changes and the new
/// one comes after everything else, so that its presence says that the report is complete.
package final class ReportWriter {
  package let folder: ReportFolder

  /// The page that masks nothing, where somebody asked for it.
  package static let unmaskedName = "report.unmasked.html"

  private let issues: AtomicFile
  private let rows: AtomicFile?
  private let list: RowList
  private let rejected: AtomicFile
  private let rejectedFile: RejectedFile
  private let reasons: AtomicFile?
  private var hasRejected = false
  private var line: [UInt8] = []
  private var reasonLine: [UInt8] = []

  /// Opens a report.
  ///
  /// - Parameter list: what `rows.csv` has of a row.
  package init(folder: ReportFolder, rejected file: RejectedFile, list: RowList) throws(FileError) {
    self.folder = folder
    self.list = list
    rejectedFile = file
    try folder.make()
    try AtomicFile.removeLeftovers(in: folder.path)
    issues = try AtomicFile(path: folder.path + "/issues.csv")
    rejected = try AtomicFile(path: folder.path + "/" + file.name)
    reasons = file.listsReasons ? try AtomicFile(path: folder.path + "/" + RejectedFile.reasonsName) : nil
    rows = list != .none ? try AtomicFile(path: folder.path + "/rows.csv") : nil
    try issues.write("record,line,column,code,severity,value,message,hint\n")
    try rows?.write(list.heading)
    try reasons?.write("record,line,code,column,reason\n")
    try rejected.write(file.opening)
  }

  /// Adds a line to `rows.csv`.
  package func add(_ row: ReportRow) throws(FileError) { try add([row]) }

  /// Adds lines to `rows.csv`.
  package func add(_ added: [ReportRow]) throws(FileError) {
    guard let rows else { return }
    line.removeAll(keepingCapacity: true)
    for row in added { list.append(row, to: &line) }
    try rows.write(line)
  }

  /// Adds a line to `issues.csv`.
  package func add(_ finding: Finding) throws(FileError) {
    line.removeAll(keepingCapacity: true)
    Self.append(finding, to: &line)
    try issues.write(line)
  }

  /// Adds lines to `issues.csv` that were made by `append`.
  package func add(issues lines: [UInt8]) throws(FileError) { try issues.write(lines) }

  /// Appends the line that `issues.csv` has of a finding.
  package static func append(_ finding: Finding, to line: inout [UInt8]) {
    CSVCell.append(finding.record, to: &line)
    line.append(0x2C)
    if finding.line > 0 { CSVCell.append(finding.line, to: &line) }
    append(finding.column ?? "", to: &line)
    append(finding.code.rawValue, to: &line)
    append(finding.severity.rawValue, to: &line)
    append(finding.value ?? "", to: &line)
    append(finding.message, to: &line)
    append(finding.hint, to: &line)
    line.append(0x0A)
  }

  /// Appends a cell that isn't the first of its row.
  private static func append(_ cell: String, to line: inout [UInt8]) {
    line.append(0x2C)
    CSVCell.append(cell, to: &line)
  }

  /// Adds a row to mend: its bytes as they came, with whatever it needs before it.
  ///
  /// - Parameter reason: why; written beside where the rows have no place for it.
  package func addRejected(_ bytes: [UInt8], reason: RejectedReason) throws(FileError) {
    hasRejected = true
    try rejected.write(bytes)
    guard let reasons else { return }
    reasonLine.removeAll(keepingCapacity: true)
    CSVCell.appendRow(
      [
        String(reason.record), String(reason.line), reason.code.rawValue, reason.column ?? "", reason.message,
      ], to: &reasonLine)
    try reasons.write(reasonLine)
  }

  /// The files that it will have beside page and summary, as far as rows were added.
  package var fileNames: [String] {
    (rows == nil ? [] : ["rows.csv"]) + ["issues.csv"] + (hasRejected ? [rejectedFile.name] : [])
      + (hasRejected && reasons != nil ? [RejectedFile.reasonsName] : [])
  }

  /// Makes the report durable, `summary.json` last. The rows to mend are there only if there are any.
  ///
  /// - Parameters:
  ///   - page: `report.html`; `nil` for none.
  ///   - receipt: the bytes of `receipt.json`; `nil` where the file isn't finished, and then there is none.
  ///   - closing: what stands behind the rows to mend.
  ///   - plan: what `plan.json` holds; `nil` where there is none.
  package func finish(
    _ summary: Summary, page: [UInt8]? = nil, receipt: [UInt8]? = nil, closing: [UInt8] = [], plan: [UInt8]? = nil
  ) throws(FileError) {
    try Directory.removeFile(folder.path + "/summary.json")
    // A page with names is of the report before, as all of them are.
    for name in [ReportFolder.receiptName, "plan.json", "report.html", Self.unmaskedName] {
      try Directory.removeFile("\(folder.path)/\(name)", durably: false)
    }
    var files = [rows, issues].compactMap(\.self)
    if let plan { files.append(try self.file("plan.json", plan)) }
    if hasRejected {
      try rejected.write(closing)
      files += [rejected, reasons].compactMap(\.self)
    } else {
      rejected.abandon()
      reasons?.abandon()
    }
    try removeOthers(keeping: hasRejected)
    if let page { files.append(try self.file("report.html", page)) }
    if let receipt { files.append(try self.file(ReportFolder.receiptName, receipt)) }
    let last = try self.file("summary.json", summary.json(indents: true).utf8 + [0x0A])
    try AtomicFile.commit(files, then: last)
  }

  /// A file of the report that holds some bytes, and has no name yet.
  private func file(_ name: String, _ bytes: [UInt8]) throws(FileError) -> AtomicFile {
    let file = try AtomicFile(path: "\(folder.path)/\(name)")
    try file.write(bytes)
    return file
  }

  /// Removes the rows to mend of an earlier report that this one doesn't replace.
  private func removeOthers(keeping: Bool) throws(FileError) {
    for name in try Directory.names(in: folder.path, beginningWith: RejectedFile.stem) {
      if keeping, name == rejectedFile.name || reasons != nil && name == RejectedFile.reasonsName { continue }
      try Directory.removeFile(folder.path + "/" + name, durably: false)
    }
  }
}
