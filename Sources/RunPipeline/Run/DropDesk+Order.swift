import BillLedger
import BillModel
import Drops
import FileRuns
import RunConfiguration
import SubmitPass

/// The order of a feed's files among those that were taken and aren't through.
extension DropDesk {
  /// What a file has to wait for.
  enum Before {
    /// One that was taken, and goes on by itself.
    case claim(DropClaim)
    /// One that is still arriving.
    case coming(String)
  }

  /// Names and keys of what is sorted; those with a key stand in the order of the keys, where the names put any of them.
  static func sorted<Item>(_ items: [Item], _ place: (Item) -> (name: String, key: FeedKey?)) -> [Item] {
    var items = items.map { (item: $0, place: place($0)) }.sorted { $0.place.name < $1.place.name }
    let places = items.indices.filter { items[$0].place.key != nil }
    let keyed = places.map { items[$0] }.sorted { left, right in
      guard let first = left.place.key, let second = right.place.key, first != second else {
        return left.place.name < right.place.name
      }
      return first < second
    }
    for (index, item) in zip(places, keyed) { items[index] = item }
    return items.map(\.item)
  }

  /// Claims, those of each feed with an order in that.
  func inOrder(_ claims: [DropClaim], among open: [DropFile]) -> [DropClaim] {
    Self.sorted(claims) { claim in (claim.name, key(of: claim, among: open)) }
  }

  /// By which a claim stands in its feed's order, without a look into it; `nil` where it has no place there.
  private func key(of claim: DropClaim, among open: [DropFile]) -> FeedKey? {
    guard let (feed, key) = feed(of: claim.name), feed.settings.order != nil, !feed.isMended(claim.name) else {
      return nil
    }
    guard let file = open.last(where: { $0.name == claim.name }) else { return key }
    return file.sortKey.flatMap { FeedKey(sortText: $0) }
  }

  /// What a file has to wait for, which would be out of order after it.
  ///
  /// - Parameter isTaken: It is claimed: then it waits for none of its own place.
  func before(_ name: String, _ key: FeedKey?, _ feed: FeedDesk, isTaken: Bool) throws(RunFault) -> Before? {
    guard let order = feed.settings.order, let key, !feed.isMended(name) else { return nil }
    if !isTaken, let other = coming.first(where: { $0.feed === feed && order.holds($0.key, after: key) }) {
      return .coming(other.name)
    }
    let claims = ledger.isShared ? try claims() : claimed
    let open = try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) }
    for claim in inOrder(claims, among: open) where claim.name != name {
      guard let (other, _) = self.feed(of: claim.name), other === feed else { continue }
      let file = open.last { $0.name == claim.name }
      guard file?.goesOn ?? true else { continue }
      var found = self.key(of: claim, among: open)
      if file == nil, found == nil { found = try keyInside(claim, feed) }
      guard let found, order.holds(found, after: key), found < key || !isTaken else { continue }
      if try isThere(claim, feed, file) { return .claim(claim) }
    }
    return nil
  }

  /// The key that stands in a claim that no ledger knows yet.
  private func keyInside(_ claim: DropClaim, _ feed: FeedDesk) throws(RunFault) -> FeedKey? {
    guard feed.readsKeys, !feed.isMended(claim.name) else { return nil }
    guard let stamp = try attempt({ () throws(DropError) in try drop.stamp(of: claim) }) else { return nil }
    let path = try attempt { () throws(DropError) in try drop.stage(claim) }
    return try feed.key(inFile: path, named: claim.name, stamp)
  }

  /// Whether a claim is still there, and this drop's to go on with.
  private func isThere(_ claim: DropClaim, _ feed: FeedDesk, _ file: DropFile?) throws(RunFault) -> Bool {
    if try attempt({ () throws(DropError) in try drop.stamp(of: claim) }) == nil { return false }
    if file != nil { return true }
    return try twin(claim, feed) == nil
  }

  /// Notes that a file is arriving, which those after it wait for.
  func noteComing(_ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?) {
    let since = arrivingBefore[entry.name]?.since ?? around.clock.monotonic()
    arriving[entry.name] = (feed.name, since)
    if let key, !feed.isMended(entry.name) { coming.append((entry.name, key, feed)) }
  }

  /// So long a file may be on its way without being missed, in seconds.
  private static let longestArrival = 3_600.0

  /// Whether a file of a feed was arriving at the last look, and not for long.
  func isComing(to feed: FeedDesk) -> Bool {
    let now = around.clock.monotonic()
    return arriving.values.contains {
      $0.feed == feed.name && Double(now - min($0.since, now)) < Self.longestArrival * 1e9
    }
  }

  /// Whether the rows of a file are mended ones of an earlier file, so that no order is asked of it.
  func isMended(_ entry: DropEntry, _ feed: FeedDesk) throws(RunFault) -> Bool {
    try feed.isMended(inFile: path(of: entry), named: entry.name, entry.stamp)
  }

  func path(of entry: DropEntry) throws(RunFault) -> String {
    try attempt { () throws(DropError) in try drop.path(ofArrived: entry.name) }
  }

  /// Leaves a file where it arrived until another one is through. Where that one rests for a while nobody is told, and
  /// whoever asks sees it; where it is coming, nobody has to know.
  func leave(_ entry: DropEntry, _ feed: FeedDesk, _ key: FeedKey?, behind before: Before) -> RunOutcome? {
    noteHeld(entry, key, feed)
    switch before {
    case .coming(let name):
      left.insert(entry.name)
      tellOnce(entry.name, "goes after \(name), which is still coming")
    case .claim(let claim) where left.contains(claim.name) || waiting.contains(claim.name):
      left.insert(entry.name)
      tellOnce(entry.name, "goes after \(claim.name), which is tried again in its time")
      var need = DropNeed(
        place: drop.title, feed: feed.name, name: entry.name, kind: .held,
        reason: "It goes after \(claim.name), which was taken, is not through, and is tried again in its time.",
        since: ledger.time(at: around.now))
      (need.path, need.sortKey) = (drop.location(ofArrived: entry.name), key?.sortText)
      behind.append(need)
    case .claim(let claim):
      var outcome = RunOutcome(
        feed: feed.name, file: entry.name, end: .verdict(.held),
        reason: "It goes after \(claim.name), which was taken and is not through. It is taken once that one is, or was "
          + "taken away from \(drop.location(of: claim)).", path: drop.location(ofArrived: entry.name))
      outcome.sortKey = key?.sortText
      return outcome
    }
    return nil
  }

  /// Tells of files that are held for something else, and that others of this very look have overtaken: who lets them through
  /// knows both then. Whether the look goes on.
  func tellOvertaken(_ tell: (RunOutcome) throws(RunFault) -> Bool) throws(RunFault) -> Bool {
    let open = try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) }
    for file in open where file.verdict == .held {
      guard let claim = claimed.last(where: { $0.name == file.name }), let (feed, _) = feed(of: file.name),
        feed.settings.order != nil
      else { continue }
      let outcome = try alone(file.name, feed) { () throws(RunFault) -> RunOutcome? in
        try FileWay(self, feed).overtaken(file, claim)
      }
      if let outcome, try !tell(outcome) { return false }
    }
    return true
  }

  /// The last file of the feed, by the order that a key is of, of which something was sent.
  func lastBegun(_ feed: FeedDesk, _ key: FeedKey, besides number: Int64 = 0) throws(RunFault) -> DropFile? {
    let horizon = today.flatMap(FeedOrder.horizon)
    // A file that was let through under a date far ahead is before none but such.
    let isNear = if case .date = key, let horizon { key <= horizon } else { false }
    return try attempt { () throws(LedgerError) in
      try ledger.lastBegun(
        ofFeed: feed.name, like: key.sortText, besides: number, upTo: isNear ? horizon?.sortText : nil)
    }
  }

  /// The day that it is, by UTC.
  var today: CivilDate? { CivilDate(daysSinceEpoch: Int(around.now.milliseconds / 86_400_000)) }
}

extension FeedOrder {
  /// Whether a file would be held that comes after one with another key was done.
  func holds(_ key: FeedKey, after other: FeedKey) -> Bool {
    let place = place(of: key, after: other)
    return place.isBehind && policy(for: place) == .hold
  }
}

extension FeedOrder.Place {
  /// Whether what it has to say is older, or of the same day, than what was sent.
  var isBehind: Bool {
    switch self {
    case .older, .repeated: true
    default: false
    }
  }
}

extension DropFile {
  /// Whether it is taken up again by itself.
  var goesOn: Bool { verdict == nil || verdict == .stopped }
}
