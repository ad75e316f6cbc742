import BillLedger
import BillModel
import BillReports
import Drops
import DurableFiles
import FileRuns
import Hashing

/// What one look at a drop leaves that needs somebody, kept in its ledger for whoever asks later.
struct NeedList {
  /// So many of a drop are kept; of more, a look tells all the same.
  private static let most = 10_000
  /// So many names that nobody takes.
  private static let mostUntaken = 1_000
  /// What a look at the files sees: the calendar sees what is missing.
  private static let kinds: Set<DropNeed.Kind> = [.held, .gone, .stopped, .fault, .rejected, .untaken]

  private let desk: DropDesk
  private let now: WallTime
  /// As the ledger has it.
  private let time: WallTime
  private var needs: [DropNeed] = []
  /// Where among them a file's is: of one that the look came back to, the last word stands.
  private var places: [[String]: Int] = [:]
  private var isCut = false

  init(_ desk: DropDesk, now: WallTime) {
    self.desk = desk
    self.now = now
    time = desk.ledger.time(at: now)
  }

  /// Takes in an outcome of the look.
  mutating func note(_ outcome: RunOutcome) {
    if outcome.endsPass { isCut = true }
    let subject = [outcome.feed, outcome.file, outcome.path ?? ""]
    guard outcome.number == nil, places[subject] != nil || needs.count < Self.most, let kind = outcome.need else {
      return
    }
    var need = DropNeed(
      place: desk.drop.title, feed: outcome.feed, name: outcome.file, kind: kind,
      reason: outcome.needReason, since: time)
    need.path = outcome.path
    need.approval = outcome.approval
    need.sortKey = outcome.sortKey
    need.report = outcome.report
    if let place = places[subject] {
      needs[place] = need
    } else {
      places[subject] = needs.count
      needs.append(need)
    }
  }

  /// Keeps them.
  ///
  /// - Parameter isWhole: The look came to its end: what it didn't see is not there any more.
  func keep(isWhole: Bool) throws(RunFault) {
    let isWhole = isWhole && !isCut
    let (ledger, title, left) = (desk.ledger, desk.drop.title, unjudged)
    let seen = needs + desk.behind + (isWhole ? try rejected() + gone() + untaken : [])
    let all = Self.byName(try resting(besides: seen) + seen)
    try desk.attempt { () throws(LedgerError) in
      try ledger.keep(all, ofDrop: title, kinds: Self.kinds) { !isWhole || left.contains($0.name) }
      if isWhole { try ledger.noteLook(atDrop: title, now) }
    }
  }

  /// Of claims that the look left for a later one: what is known of them, where it says something of another file of their
  /// name, which would take its place.
  private func resting(besides seen: [DropNeed]) throws(RunFault) -> [DropNeed] {
    let told = Dictionary(grouping: seen) { [$0.feed, $0.name] }
    let (title, ledger, drop, left) = (desk.drop.title, desk.ledger, desk.drop, desk.left)
    return try desk.attempt { () throws(LedgerError) in try ledger.needs(ofDrop: title) }.compactMap { need in
      guard left.contains(need.name), need.path == drop.location(of: DropClaim(name: need.name)),
        let others = told[[need.feed, need.name]], !others.contains(where: { $0.path == need.path })
      else { return nil }
      return need.alone
    }
  }

  /// So many files of one name that were rejected are told of, each with its reason.
  private static let mostRejectedOfName = 3

  /// One need a name, as they are kept: of several files of one name it is about the first, and tells of the others.
  private static func byName(_ needs: [DropNeed]) -> [DropNeed] {
    var places: [[String]: Int] = [:]
    var rejected: [[String]: Int] = [:]
    var all: [DropNeed] = []
    for need in needs {
      let name = [need.feed, need.name]
      if need.kind == .rejected { rejected[name, default: 0] += 1 }
      if let place = places[name] {
        if need.kind == .rejected, rejected[name, default: 0] > Self.mostRejectedOfName { continue }
        if all[place].path != need.path { all[place].reason += need.asAnother(after: all[place]) }
      } else {
        places[name] = all.count
        all.append(need)
      }
    }
    for (name, count) in rejected where count > Self.mostRejectedOfName {
      guard let place = places[name] else { continue }
      let more = count - Self.mostRejectedOfName
      all[place].reason += " And \(more) more of this name \(more == 1 ? "was" : "were") rejected before."
    }
    return all
  }

  /// What lies there and nobody takes: somebody may wonder.
  private var untaken: [DropNeed] {
    desk.untaken.sorted { $0.key < $1.key }.prefix(Self.mostUntaken).map { name, reason in
      var need = DropNeed(
        place: desk.drop.title, feed: "", name: name, kind: .untaken, reason: reason, since: time)
      // One that isn't in UTF-8 lies under other bytes.
      need.path = reason == OddName.notUTF8.rawValue ? nil : desk.drop.location(ofArrived: name)
      return need
    }
  }

  /// The names of files about which the look says nothing, though they are there.
  private var unjudged: Set<String> { desk.left.union(desk.waiting) }

  /// Files that were held where they arrived, and that somebody took away: that is told until one comes in its place,
  /// or somebody says that it is meant.
  private func gone() throws(RunFault) -> [DropNeed] {
    let present = Set(needs.map { [$0.feed, $0.name] })
    let (title, ledger, unjudged) = (desk.drop.title, desk.ledger, unjudged)
    let known = try desk.attempt { () throws(LedgerError) in try ledger.needs(ofDrop: title) }
    var gone: [DropNeed] = []
    for need in known where need.isOfAnArrival(in: desk.drop) {
      if present.contains([need.feed, need.name]) || unjudged.contains(need.name) { continue }
      let isDone = try desk.attempt { () throws(LedgerError) in
        if try ledger.hasCome(for: need) { return true }
        return try LedgerNeeds.isThrough(need, ledger)
      }
      if isDone { continue }
      if need.kind == .held, desk.around.struckOff != need.approval {
        desk.around.log(RunEvent(.warning, need.isGone(since: time).reason, feed: need.feed, file: need.name))
      }
      gone.append(need.isGone(since: time))
    }
    return gone
  }

  /// Files that were rejected as a whole and still lie where such files are put: one that somebody removed is done with.
  private func rejected() throws(RunFault) -> [DropNeed] {
    let title = desk.drop.title
    let files = try desk.attempt { () throws(LedgerError) in
      try desk.ledger.rejectedDropFiles(
        in: title, since: now.advanced(byMilliseconds: -Ledger.daysOfRejected * 86_400_000))
    }
    // Of several of one name the last first: its report says most.
    var needs: [DropNeed] = []
    for file in files.reversed() {
      guard let need = need(rejected: file) else { continue }
      let isDone = try desk.attempt { () throws(LedgerError) in
        if try LedgerNeeds.isStruckOff(need, desk.ledger) { return true }
        return try LedgerNeeds.isThrough(need, desk.ledger)
      }
      if !isDone { needs.append(need) }
    }
    return needs
  }

  private func need(rejected file: DropFile) -> DropNeed? {
    guard let target = file.target, let place = file.targetPlace.flatMap({ DropPlace(rawValue: $0) }) else {
      return nil
    }
    let path = desk.drop.location(of: target, in: place)
    if path.hasPrefix("/"), !Directory.hasFile(path) { return nil }
    var need = DropNeed(
      place: desk.drop.title, feed: file.feed, name: file.name, kind: .rejected,
      reason: file.reason ?? "The file as a whole can't be used; nothing of it was sent.", since: file.endedAt ?? time)
    need.path = path
    need.approval = file.digest?.short
    need.sortKey = file.sortKey
    need.report = file.report
    return need
  }
}

extension DropNeed {
  /// Whether it is of a file that was held where it arrived, unread.
  func isOfAnArrival(in drop: any Drop) -> Bool {
    approval != nil && (kind == .gone || kind == .held && path == drop.location(ofArrived: name))
  }

  /// The same without what is said of other files of its name.
  fileprivate var alone: DropNeed {
    var alone = self
    if let others = reason.firstRange(of: Self.another) { alone.reason = String(reason[..<others.lowerBound]) }
    return alone
  }

  /// How words begin about another file of its name; `DropDesk.anotherCame` too.
  private static let another = " Another file of this name"

  /// What is said of it with another file of its name.
  fileprivate func asAnother(after first: DropNeed) -> String {
    let place = path.map { ", in \($0)" } ?? ""
    let words =
      first.reason.hasSuffix(DropDesk.anotherCame) ? " Of that one\(place): " : "\(Self.another)\(place): "
    let way =
      kind == .held && !reason.contains("--approve") ? approval.map { " --approve \($0) lets it through then." } : nil
    return words + reason + (way ?? "")
  }

  /// The same of a file that isn't there any more.
  func isGone(since time: WallTime) -> DropNeed {
    guard kind != .gone else { return self }
    var gone = self
    gone.kind = .gone
    gone.since = time
    gone.path = nil
    gone.reason =
      "It was held since \(since.rfc3339.prefix(16))Z, and is not where it arrived any more; nothing of it was sent. "
      + "It was held for this: \(reason)"
    return gone
  }
}

extension RunOutcome {
  /// As what it needs somebody, where it does.
  fileprivate var need: DropNeed.Kind? {
    switch verdict {
    case .held: .held
    case .stopped: .stopped
    case nil: .fault
    case .complete, .completeWithRejects, .duplicate, .fileRejected, .missing: nil
    }
  }

  fileprivate var needReason: String {
    if let matter { return matter }
    // A reason may be that of an earlier pass.
    if case .fault(let fault) = end, let words = fault.ownWords {
      return words + (words.hasSuffix(".") ? "" : ".") + (standing.map { " \($0)" } ?? "")
    }
    if let reason { return reason }
    if case .result(let result) = end, let reason = result.summary.reason { return reason }
    return verdict == .held ? "It waits to be let through." : "It is not through."
  }
}
