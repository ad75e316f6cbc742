import BillLayouts
import Drops

/// What must agree, and what must be apart.
extension ConfigurationReader {
  /// Feeds that share a drop must agree on it, and be told apart by their names.
  mutating func checkTogether(_ feeds: [FeedSettings], _ root: JSONPlace) {
    for (index, feed) in feeds.enumerated() {
      guard let place = root["feeds"]?[feed.name] else { continue }
      checkReports(feed, place)
      for earlier in feeds[..<index] where earlier.drop.sharesInbound(with: feed.drop) {
        if earlier.drop != feed.drop {
          note(place, "shares its inbound folder with \(earlier.name), and no others: write both drops alike.")
        }
        if earlier.pattern == nil {
          note(place, "gets no file: \(earlier.name) takes all files of this drop, since it has no \"files\".")
        }
        if earlier.account.ledger != feed.account.ledger || earlier.account.merchant != feed.account.merchant {
          note(place, "shares its drop with \(earlier.name): both need the same ledger and merchant.")
        }
      }
    }
  }

  /// The folders of a drop are five: what lies in one of them is on another part of its way.
  mutating func checkApart(_ folders: DropFolders, _ place: JSONPlace) {
    let named = folders.named
    for (index, (name, path)) in named.enumerated() {
      guard let other = named[..<index].first(where: { $0.path == path }) else { continue }
      note(place[name] ?? place[other.name] ?? place, "\(other.name) and \(name) are one folder: each needs its own.")
    }
  }

  /// What is written of a file lies apart from what is delivered of it, and from the files.
  private mutating func checkReports(_ feed: FeedSettings, _ place: JSONPlace) {
    guard case .folder(let folders) = feed.drop.site,
      let other = folders.named.first(where: { $0.path == FolderPath.plain(feed.reports) })
    else { return }
    note(
      place["reports"] ?? place,
      "has its reports written to the folder \(other.name) of its drop: the reports on this machine need one of their own."
    )
  }
}

extension DropFolders {
  /// The folders by what they are called in a configuration, their paths written in one way.
  fileprivate var named: [(name: String, path: String)] {
    [
      ("inbound", inbound), ("processing", processing), ("archive", archive), ("rejected", rejected),
      ("reports", reports),
    ].map { ($0.0, FolderPath.plain($0.1)) }
  }
}
