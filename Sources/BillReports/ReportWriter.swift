package import BillModel
package import DurableFiles

/// Writes the report of one file: tables while rows pass by, the summary last.
///
/// Every file is written whole or not at all. An old `summary.json` goes before anything else changes and the new
/// one comes after everything else, so that its presence says that the report is complete.
package final class ReportWriter {
  package let folder: ReportFolder

  private let issues: AtomicFile
  private let rows: AtomicFile?
  private let rejected: AtomicFile
  private var hasRejected = false
  private let delimiter: UInt8
  private let lineEnd: [UInt8]
  private var line: [UInt8] = []

  /// Opens a report.
  /// - Parameters:
  ///   - delimiter, lineEnd: as the source has them, for `rejected.csv`.
  ///   - heading: the source's heading row as it came, without its line end; empty where there is none.
  ///   - listsRows: whether `rows.csv` is written (a line a row).
  package init(
    folder: ReportFolder, heading: [UInt8], delimiter: UInt8 = 0x2C, lineEnd: [UInt8] = [0x0A], listsRows: Bool
  ) throws(FileError) {
    self.folder = folder
    self.delimiter = delimiter
    self.lineEnd = lineEnd
    try Directory.make(folder.path)
    try AtomicFile.removeLeftovers(in: folder.path)
    issues = try AtomicFile(path: folder.path + "/issues.csv")
    rejected = try AtomicFile(path: folder.path + "/rejected.csv")
    rows = listsRows ? try AtomicFile(path: folder.path + "/rows.csv") : nil
    try issues.write("record,line,column,code,severity,value,message,hint\n")
    try rows?.write("record,line,external_reference,outcome,code,field,message,id,attempts\n")
    var headingLine = heading
    for column in RejectedColumns.headings {
      headingLine.append(delimiter)
      headingLine += column.utf8
    }
    headingLine += lineEnd
    try rejected.write(headingLine)
  }

  /// Adds a line to `rows.csv`.
  package func add(_ row: ReportRow) throws(FileError) {
    guard let rows else { return }
    line.removeAll(keepingCapacity: true)
    CSVCell.appendRow(
      [
        String(row.record), String(row.line), row.reference, row.outcome.rawValue, row.code?.rawValue ?? "",
        row.field ?? "", row.message ?? "", row.id ?? "", String(row.attempts),
      ], to: &line)
    try rows.write(line)
  }

  /// Adds a line to `issues.csv`.
  package func add(_ finding: Finding) throws(FileError) {
    line.removeAll(keepingCapacity: true)
    CSVCell.appendRow(
      [
        String(finding.record), finding.line > 0 ? String(finding.line) : "", finding.column ?? "",
        finding.code.rawValue, finding.severity.rawValue, finding.value ?? "", finding.message, finding.hint,
      ], to: &line)
    try issues.write(line)
  }

  /// Adds a row to mend: its bytes as they came, then our two columns.
  /// - Parameter raw: the record's bytes without its line end.
  package func addRejected(raw: some Collection<UInt8>, code: FindingCode, reason: String) throws(FileError) {
    hasRejected = true
    line.removeAll(keepingCapacity: true)
    line += raw
    line.append(delimiter)
    line += code.rawValue.utf8
    line.append(delimiter)
    CSVCell.append(reason, to: &line)
    line += lineEnd
    try rejected.write(line)
  }

  /// Makes the report durable, `summary.json` last. `rejected.csv` is there only if it has rows.
  package func finish(_ summary: Summary) throws(FileError) {
    try Directory.removeFile(folder.path + "/summary.json")
    try rows?.commit()
    try issues.commit()
    if hasRejected {
      try rejected.commit()
    } else {
      rejected.abandon()
      try Directory.removeFile(folder.path + "/rejected.csv")
    }
    let file = try AtomicFile(path: folder.path + "/summary.json")
    try file.write(summary.json(indents: true).utf8)
    try file.write("\n")
    try file.commit()
  }
}
