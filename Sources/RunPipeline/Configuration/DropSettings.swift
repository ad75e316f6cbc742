package import Drops

/// A feed's drop.
package struct DropSettings: Hashable, Sendable {
  /// What it is called in the ledger and in messages.
  package var title: String
  package var folders: LocalDropFolders

  package init(title: String, folders: LocalDropFolders) {
    self.title = title
    self.folders = folders
  }
}
