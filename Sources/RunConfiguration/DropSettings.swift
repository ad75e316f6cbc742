package import Drops
import Transport

/// A feed's drop.
package struct DropSettings: Hashable, Sendable {
  /// Where it is.
  package enum Site: Hashable, Sendable {
    case folder(DropFolders)
    case server(SFTPSettings)
  }

  /// What it is called in the ledger and in messages.
  package var title: String
  package var site: Site

  package init(title: String, site: Site) {
    self.title = title
    self.site = site
  }

  /// The folder of this machine that files arrive in; `nil` where they arrive elsewhere.
  package var localInbound: String? {
    switch site {
    case .folder(let folders): folders.inbound
    case .server: nil
    }
  }

  /// The folders of this machine, known without a ledger, in which files lie that are through.
  package var localArchives: [String] {
    switch site {
    case .folder(let folders): [folders.archive]
    case .server: []
    }
  }

  /// Whether files of both arrive at the same place.
  func sharesInbound(with other: DropSettings) -> Bool {
    switch (site, other.site) {
    case (.folder(let own), .folder(let others)): FolderPath.plain(own.inbound) == FolderPath.plain(others.inbound)
    // A server may show each user another folder under one path.
    case (.server(let own), .server(let others)):
      own.address.user == others.address.user && own.address.knownName == others.address.knownName
        && FolderPath.plain(own.folders.inbound) == FolderPath.plain(others.folders.inbound)
    default: false
    }
  }
}
