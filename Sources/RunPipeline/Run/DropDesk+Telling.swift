import Drops
import FileRuns

/// What a desk says of names.
extension DropDesk {
  func tellOdd(_ listing: DropListing) {
    for (name, reason) in listing.odd { tellOnce(name, "never taken: \(reason.rawValue)") }
  }

  func tellOnce(_ name: String, _ text: String) {
    if notes.isNews(name, text) { around.log(RunEvent(.warning, text, file: name)) }
  }

  /// Tells how many names more there are than were told.
  func tellRest(_ listing: DropListing) {
    let names = Set(listing.entries.map(\.name)).union(listing.odd.map(\.name))
    for (reason, count) in notes.endLook({ names.contains($0) }) {
      around.log(RunEvent(.warning, "and \(count) more in \(drop.title): \(reason)"))
    }
  }
}
