/// The folders of a drop on an SFTP server, each a path from the server's root.
package struct SFTPDropFolders: Hashable, Sendable {
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
  func path(of place: DropPlace) -> String {
    switch place {
    case .archive: archive
    case .rejected: rejected
    }
  }
}
