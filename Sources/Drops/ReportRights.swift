/// Who may read a report that is delivered.
package struct ReportRights: Hashable, Sendable {
  /// Of its files, as chmod(2) has it.
  package var mode: UInt32
  /// The number of the group that they are given to; `nil`: to that of the folder of reports, where that can be.
  package var group: UInt32?

  package init(mode: UInt32, group: UInt32? = nil) {
    self.mode = mode
    self.group = group
  }
}
