import Drops
import FileRuns
import RunConfiguration
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
        let options = try settings.clientOptions(home: around.environment["HOME"], around.variable)
        return try SFTPClient(options, isCancelled: { interrupts() > 0 }, pulse: around.pulse)
      }
    }
  }
}
