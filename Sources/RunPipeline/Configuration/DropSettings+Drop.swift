import Drops

extension DropSettings {
  /// The drop itself, for the feeds that share it; nothing is touched before it is used.
  func drop(of owner: ClaimOwner, _ feeds: [FeedSettings]) -> any Drop {
    let endings = feeds.flatMap { $0.completeness.companionEndings }
    switch site {
    case .folder(let folders):
      return LocalDrop(folders, title: title, owner: owner, companionEndings: endings)
    }
  }
}
