import Drops
import Transport

extension DropSettings {
  /// The drop itself, for the feeds that share it; nothing is touched before it is used.
  func drop(of owner: ClaimOwner, _ feeds: [FeedSettings], _ around: RunSurroundings) -> any Drop {
    let endings = feeds.flatMap { $0.completeness.companionEndings }
    switch site {
    case .folder(let folders):
      return LocalDrop(folders, title: title, owner: owner, companionEndings: endings)
    case .server(let settings):
      var options = settings.dropOptions(of: owner)
      options.companionEndings = endings
      return SFTPDrop(
        options, title: title, owner: owner, tell: { [title] in around.log(RunEvent(.warning, $0, file: title)) }
      ) { () throws(SFTPError) in
        let interrupts = around.interrupts
        return try SFTPClient(
          try settings.clientOptions(around.variable), isCancelled: { interrupts() > 0 }, pulse: around.pulse)
      }
    }
  }

  /// Where copies of its files lie on this machine while they are worked on; `nil` for a drop of this machine.
  func stagedFolder(of owner: ClaimOwner) -> String? {
    if case .server(let settings) = site {
      settings.dropOptions(of: owner).stagedFolder(of: owner, title: title)
    } else {
      nil
    }
  }

  /// The folders of this machine in which files lie that are through.
  func localArchives(of owner: ClaimOwner) -> [String] {
    switch site {
    case .folder(let folders): [folders.archive]
    case .server(let settings): settings.dropOptions(of: owner).keptFolder(of: owner, title: title).map { [$0] } ?? []
    }
  }
}

extension SFTPSettings {
  /// What the drop is made with, but for what its feeds say.
  fileprivate func dropOptions(of owner: ClaimOwner) -> SFTPDropOptions {
    var options = SFTPDropOptions(folders: folders, staging: staging ?? LedgerPath.beside(owner.ledger, ".staging"))
    options.afterwards = afterwards
    options.keptDays = stagedDays
    return options
  }
}
