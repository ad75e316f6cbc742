package import BillIntake
package import BillLayouts
package import Drops

/// Files of one kind in a drop, and what becomes of them.
package struct FeedSettings: Sendable {
  /// A layout and the names of the files that are read by it.
  package struct NamedLayout: Sendable {
    /// `nil`: all that no one before takes.
    package var pattern: FileNamePattern?
    package var layout: Layout
  }

  package var name: String
  package var account: AccountSettings
  package var drop: DropSettings
  /// `nil`: all names.
  package var pattern: FileNamePattern?
  package var layouts: [NamedLayout]
  package var completeness = Completeness.unchanged(seconds: 5)
  /// A program through which its files are read.
  package var filter: FileFilter?
  /// `nil`: the files of this feed have no order.
  package var order: FeedOrder?
  package var expected: ExpectedFile?
  /// The folder of its reports on this machine.
  package var reports: String
  package var delivery = DeliverySettings()
  /// What is done about a file that is far from the history of the feed.
  package var guardMode = GuardMode.hold
}
