/// The folders of a drop, each a path: of this machine, or from an SFTP server's root.
package struct DropFolders: Hashable, Sendable {
  package var inbound: String
  package var processing: String
  package var archive: String
  package var rejected: String
  package var reports: String

  /// The usual names below `root`.
  package init(root: String) {
    inbound = root + "/inbound"
    processing = root + "/processing"
    archive = root + "/archive"
    rejected = root + "/rejected"
    reports = root + "/reports"
  }

  /// Where a claimed file goes.
  package func path(of place: DropPlace) -> String {
    switch place {
    case .archive: archive
    case .rejected: rejected
    }
  }
}
