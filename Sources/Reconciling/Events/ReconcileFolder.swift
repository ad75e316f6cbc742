import BillModel
import BillReports
import DurableFiles
package import FileRuns
package import PaymentEvents

/// The files of a reconciliation: table, page, and the figures last, so that their presence says that all is there.
package struct ReconcileFolder {
  /// `REPORTS/reconcile`.
  package let path: String

  package init(reports: String) { path = "\(reports)/reconcile" }

  /// Writes all of them, each whole.
  package func write(_ result: Reconciliation, page: [UInt8]) throws(RunFault) {
    do throws(FileError) {
      try Directory.makeInPlaceOfLink(path)
      try AtomicFile.removeLeftovers(in: path)
      try Directory.removeFile(path + "/reconcile.json")
      let table = try AtomicFile(path: path + "/reconcile.csv")
      var row: [UInt8] = []
      CSVCell.appendRow(Self.headings, to: &row)
      try table.write(row)
      for line in result.lines {
        row.removeAll(keepingCapacity: true)
        CSVCell.appendRow(Self.cells(line), to: &row)
        try table.write(row)
      }
      try table.commit()
      try write(page, to: "reconcile.html")
      try write(result.json(indents: true).utf8 + [0x0A], to: "reconcile.json")
    } catch {
      throw .file(error)
    }
  }

  private func write(_ bytes: [UInt8], to name: String) throws(FileError) {
    let file = try AtomicFile(path: "\(path)/\(name)")
    try file.write(bytes)
    try file.commit()
  }

  static let headings = [
    "code", "subject", "reference", "id", "file", "digest", "record", "currency", "due", "paid_by_events",
    "paid_by_report", "paid_by_api", "events", "first_event", "note",
  ]

  private static func cells(_ line: ReconcileLine) -> [String] {
    func number(_ value: Int64?) -> String { value.map { String($0) } ?? "" }
    return [
      line.standing.rawValue, line.subject.rawValue, Masking.shown(line.reference), line.id,
      Masking.shown(line.row?.file ?? ""), line.row?.digest ?? "", line.row.map { String($0.record) } ?? "",
      line.currency?.description ?? "", number(line.due), number(line.byEvents), number(line.byReport),
      number(line.byAPI), String(line.events), line.firstEvent, Masking.oneLine(line.note),
    ]
  }
}
