import Drops
import Transport

extension DropSettings {
  /// The drop itself, for the feeds that share it; nothing is touched before it is used.
  func drop(of owner: ClaimOwner, _ feeds: [FeedSettings], _ around: RunSurroundings) -> any Drop {
    let endings = feeds.flatMap { $0.completeness.companionEndings }
    let delivery = feeds.first?.delivery ?? DeliverySettings()
    switch site {
    case .folder(let folders):
      return LocalDrop(
        folders, title: title, owner: owner, companionEndings: endings, reportMode: delivery.mode,
        reportGroup: delivery.group)
    case .server(let settings):
      var options = SFTPDropOptions(folders: settings.folders, staging: settings.staging ?? owner.ledger + ".staging")
      options.afterwards = settings.afterwards
      options.keptDays = settings.stagedDays
      options.companionEndings = endings
      (options.reportMode, options.reportGroup) = (delivery.mode, delivery.group)
      return SFTPDrop(
        options, title: title, owner: owner, tell: { [title] in around.log(RunEvent(.warning, $0, file: title)) }
      ) { () throws(SFTPError) in
        let interrupts = around.interrupts
        return try SFTPClient(
          try settings.clientOptions(around.variable), isCancelled: { interrupts() > 0 }, pulse: around.pulse)
      }
    }
  }
}
