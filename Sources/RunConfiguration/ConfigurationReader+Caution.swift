import BillLayouts
import BillModel
import FileRuns
import SchemaRules

/// How carefully files are sent, and what receipts are signed with.
extension ConfigurationReader {
  /// What stands in a place goes before `base`.
  mutating func caution(_ place: JSONPlace, over base: CautionSettings) -> CautionSettings {
    var caution = base
    caution.guardMode = place["guard"]?.string.flatMap { GuardMode(rawValue: $0) } ?? base.guardMode
    if let bounds = place["guard_bounds"] {
      if caution.guardMode == .off { note(bounds, "is of no use: with the guard off nothing is compared.") }
      takeBounds(bounds, into: &caution.guardBounds)
    }
    if let canary = place["canary"], let rows = canary["rows"]?.integer {
      caution.canary = rows > 0 ? CanarySettings(count: rows, waits: canary["then"]?.string == "wait") : nil
    }
    return caution
  }

  private mutating func takeBounds(_ place: JSONPlace, into bounds: inout GuardBounds) {
    bounds.files = place["files"]?.integer ?? bounds.files
    bounds.least = place["least"]?.integer ?? bounds.least
    bounds.times = place["times"]?.value.double ?? bounds.times
    bounds.below = place["below"]?.value.double ?? bounds.below
    bounds.largestTimes = place["largest_times"]?.value.double ?? bounds.largestTimes
    bounds.share = place["share"]?.value.double ?? bounds.share
    bounds.rows = place["rows"]?.integer ?? bounds.rows
    guard bounds.least > bounds.files else { return }
    note(
      place["least"] ?? place,
      "So many files (\(bounds.least)) are never looked at: \"files\" is \(bounds.files), and \"least\" at most that.")
  }

  mutating func takeReceipt(_ place: JSONPlace, into account: inout AccountSettings) {
    if place["key_file"] != nil, let other = place["key_credential"] {
      note(other, "The key comes from a file or from a credential, not from both.")
    }
    if let file = path(place["key_file"]) { (account.receiptKeyFile, account.receiptKeyCredential) = (file, nil) }
    if let name = place["key_credential"]?.string {
      (account.receiptKeyFile, account.receiptKeyCredential) = (nil, name)
    }
  }

  /// A canary is of bills.
  mutating func checkCanary(_ feed: FeedSettings, _ place: JSONPlace) {
    guard feed.caution.canary != nil else { return }
    for named in feed.layouts where named.layout.operation != .bill {
      note(
        place["canary"] ?? place,
        "A canary is for bills alone, and the layout \(named.layout.name) asks for \(named.layout.operation.rawValue): "
          + "say \"canary\": {\"rows\": 0} here.")
    }
  }

  /// Whether something says in which order the feed's files go, and it can be read before a file is taken.
  mutating func checkKeys(_ feed: FeedSettings, _ place: JSONPlace) {
    switch feed.keysStand {
    case .inNames: break
    case .nowhere where feed.layouts.isEmpty: break  // What is wrong with the layout was told.
    case .nowhere:
      note(
        place,
        "needs names that say the order: \"files\" must have a group (?<date>…), (?<year>…) (?<month>…) (?<day>…), or "
          + "(?<sequence>…); or layouts that have it in their \"order\".")
    case .inFiles:
      for named in feed.layouts where !(named.layout.order?.isToldByTheHead ?? true) {
        note(
          place,
          "The layout \(named.layout.name) has the order in a trailer or a side file: it must be in the file's header or "
            + "its name, to be read before the file is taken.")
      }
    }
  }
}
