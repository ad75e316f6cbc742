import BillIntake
import BillLayouts
import Drops

/// A feed at work: which files are its own, and by which layout each is read. Patterns are compiled once, and what they
/// said of a name is remembered, since a folder may hold very many.
final class FeedDesk {
  let settings: FeedSettings
  let account: AccountDesk
  private var known: [String: Match] = [:]

  /// What the pattern says of a name.
  enum Match {
    case other
    case own(FeedKey?)
  }

  init(_ settings: FeedSettings, _ account: AccountDesk) {
    self.settings = settings
    self.account = account
  }

  var name: String { settings.name }

  /// Whether its files are told apart by dates.
  var hasDates: Bool { settings.pattern.map { !Set($0.groups).isDisjoint(with: ["date", "year"]) } ?? false }

  /// Whether a file of this name is one of the feed's; a mended one is by the name that it is mended from.
  func match(_ name: String) -> Match {
    if let known = known[name] { return known }
    let match = judge(SourceName(name).plain)
    known[name] = match
    return match
  }

  /// Forgets names that are no longer there.
  func forget(except names: Set<String>) {
    if known.count > 2 * names.count + 1000 { known = known.filter { names.contains($0.key) } }
  }

  /// The layout for a file of this name; `nil` where none of several takes it.
  func layout(for name: String) -> Layout? {
    let plain = SourceName(name).plain
    return settings.layouts.first { $0.pattern.map { $0.values(in: plain) != nil } ?? true }?.layout
  }

  func isMended(_ name: String) -> Bool { SourceName(name).isMended }

  private func judge(_ plain: String) -> Match {
    guard let pattern = settings.pattern else { return .own(nil) }
    guard let groups = pattern.values(in: plain) else { return .other }
    return .own(FeedKey(groups: groups))
  }
}
