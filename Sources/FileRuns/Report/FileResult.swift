import BillLedger
package import BillReports
package import LayoutGuessing
package import SubmitPass

/// What a command found out about one file.
package struct FileResult: Sendable {
  package var summary: Summary
  /// The findings for people, errors first; none where nobody asked for them.
  package var groups: [FindingGroup]
  /// What makes whole columns right.
  package var mends: [ColumnMend] = []
  /// Whether the file had been finished by an earlier run, so that this one sent nothing.
  package var wasDoneAlready: Bool
  /// Whether no row was unknown, of those that were to be settled.
  package var hadNothingToSettle = false
  /// Whether unknown rows were to be settled, and no other row to be sent.
  package var isOfSettling = false

  /// Whether the file holds mended rows of another.
  package var isMended = false

  /// How many bytes were moved to temporary files, as memory was limited.
  package var spilledBytes: Int64 = 0

  /// Why sending ended; `nil` where nothing was to be sent.
  package var stop: SubmitStop?

  package init(summary: Summary, groups: [FindingGroup], wasDoneAlready: Bool = false, stop: SubmitStop? = nil) {
    self.summary = summary
    self.groups = groups
    self.wasDoneAlready = wasDoneAlready
    self.stop = stop
  }
}

extension FileRun {
  /// As what a file was done that comes again.
  var doneBefore: DoneBefore { DoneBefore(fileName: file.name, startedAt: startedAt) }
}
