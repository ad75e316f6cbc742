package import BillModel

/// The run that a file was done by, where nothing was left to send of it.
package struct DoneBefore: Hashable, Sendable {
  /// What the file was called then.
  package var fileName: String
  /// When that run was begun.
  package var startedAt: WallTime

  package init(fileName: String, startedAt: WallTime) {
    self.fileName = fileName
    self.startedAt = startedAt
  }

  func write(_ json: inout JSONText) {
    json.object("done_before") {
      $0.string("file", fileName)
      $0.string("started_at", startedAt.rfc3339)
    }
  }
}
