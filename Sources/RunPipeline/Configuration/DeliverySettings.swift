/// What of a report the sender gets.
package struct DeliverySettings: Hashable, Sendable {
  /// The parts, `rejected` for whatever rows to mend are called; `nil`: all.
  package var parts: [String]?
  /// As chmod(2) has it.
  package var mode: UInt32 = 0o600
  /// The number of the group that the files are for, where they are delivered; `nil`: whatever they come to.
  package var group: Int?

  /// A program and its arguments through which each file goes out; `nil`: as it is.
  package var filter: [String]?
  /// What is put behind the names of files that went through it.
  package var ending = ".gpg"

  package init() {}
}
