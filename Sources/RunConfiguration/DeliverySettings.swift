package import Drops

/// What of a report the sender gets.
package struct DeliverySettings: Hashable, Sendable {
  /// The parts, `rejected` for whatever rows to mend are called; `nil`: all.
  package var parts: [String]?
  /// Who may read its files.
  package var rights = ReportRights(mode: 0o600)
  /// A program and its arguments through which each file goes out; `nil`: as it is.
  package var filter: [String]?
  /// What is put behind the names of files that went through it.
  package var ending = ".gpg"

  package init() {}
}
