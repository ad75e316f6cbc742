package import Drops
import FileRuns

extension DropSettings {
  /// Where copies of its files lie on this machine while they are worked on; `nil` for a drop of this machine.
  package func stagedFolder(of owner: ClaimOwner) -> String? {
    if case .server(let settings) = site {
      settings.dropOptions(of: owner).stagedFolder(of: owner, title: title)
    } else {
      nil
    }
  }

  /// The folders of this machine in which files lie that are through.
  package func localArchives(of owner: ClaimOwner) -> [String] {
    switch site {
    case .folder(let folders): [folders.archive]
    case .server(let settings): settings.dropOptions(of: owner).keptFolder(of: owner, title: title).map { [$0] } ?? []
    }
  }
}

extension SFTPSettings {
  /// What the drop is made with, but for what its feeds say.
  package func dropOptions(of owner: ClaimOwner) -> SFTPDropOptions {
    var options = SFTPDropOptions(folders: folders, staging: staging ?? LedgerPath.beside(owner.ledger, ".staging"))
    options.afterwards = afterwards
    options.keptDays = stagedDays
    return options
  }
}
