package import BillReports
package import DurableFiles

/// The joined report: its summary, and where a folder was named the lines of `issues.csv`.
package final class MergedReport {
  private let folder: ReportFolder?
  private let issues: AtomicFile?
  /// Of the whole; there once all parts are compared.
  package internal(set) var summary: Summary?

  init(_ folder: ReportFolder?) throws(FileError) {
    self.folder = folder
    guard let folder else {
      issues = nil
      return
    }
    try folder.make()
    try AtomicFile.removeLeftovers(in: folder.path)
    try Directory.removeFile(folder.path + "/summary.json")
    issues = try AtomicFile(path: folder.path + "/issues.csv")
    try issues?.write(AcrossFinding.heading)
  }

  func add(_ cells: [String]) throws(FileError) {
    guard let issues else { return }
    var line: [UInt8] = []
    CSVCell.appendRow(cells, to: &line)
    try issues.write(line)
  }

  /// Makes the report whole, its summary last.
  package func finish(seconds: Double) throws(FileError) {
    summary?.seconds = seconds
    guard let folder, let issues, let summary else { return }
    try issues.commit()
    let file = try AtomicFile(path: folder.path + "/summary.json")
    try file.write(summary.json(indents: true).text + "\n")
    try file.commit()
  }
}
