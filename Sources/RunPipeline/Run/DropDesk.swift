import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing
import RunConfiguration
import SubmitPass
import Tabular

/// A drop at work: looks at what has arrived, claims what is whole, in its feeds' order, and takes it to its place.
final class DropDesk {
  let drop: any Drop
  let feeds: [FeedDesk]
  let settings: [FeedSettings]
  let around: RunSurroundings
  let judge: ArrivalJudge
  /// Claims that may have been written to since they were judged: until they lie still.
  private var claimWatch = ArrivalWatch()
  /// What is known of files that are held where they arrived.
  var digests: [String: (stamp: DropEntry.Stamp, digest: SHA256Digest)] = [:]
  var notes = NameNotes()
  /// Seconds after which a look may show something that the last one couldn't; `nil` where nothing is coming.
  private(set) var pause: Double?
  /// The files that are held where they arrived, by feed; one without a key with `nil`.
  private(set) var held: [String: [(name: String, key: FeedKey?)]] = [:]
  /// The names of files that the last look left for a later one, or to another process.
  var left: Set<String> = []
  /// What was claimed at the last look, or since, and isn't put away.
  var claimed: [DropClaim] = []
  /// Files with a place in their feed's order that the last look found arriving.
  var coming: [(name: String, key: FeedKey, feed: FeedDesk)] = []
  /// Files that wait where they arrived for one that rests.
  var behind: [DropNeed] = []
  /// The names of all that lies where files arrive.
  private(set) var arrivedNames: Set<String> = []
  /// The names of files that are there, and that only a later look can judge: they may still be coming.
  var waiting: Set<String> = []
  /// The names of what the last look saw and didn't get to: something stopped it, or the files of their feed.
  private(set) var unlooked: Set<String> = []
  /// What the last look found arriving, by names: for which feed, and since when, in nanoseconds of a clock that never jumps.
  var arriving: [String: (feed: String, since: UInt64)] = [:]
  /// The same of the look before it.
  private(set) var arrivingBefore: [String: (feed: String, since: UInt64)] = [:]
  /// What the last look saw and nobody takes, by name: why.
  private(set) var untaken: [String: String] = [:]
  /// The names of files that are claimed and fetched before their turn.
  var ahead: Set<String> = []
  /// The names of files that were waited for, and whose companion has not come.
  var companionless: Set<String> = []
  /// What the ledger has of files that are held where they arrived, by feeds and names, once somebody asks in a look.
  var heldBefore: [[String]: DropNeed]?
  /// Whether a file came up that the run was told to let through.
  private(set) var metApproval = false
  private var retries = RetryTimes()
  /// Files whose rows have ended, and that are still to be answered and put away.
  var endings: [FileEnding] = []
  /// What became of such, and was not told yet.
  var ended: [RunOutcome] = []
  /// What other ledgers have claimed here, where any had when the drop was made ready.
  private(set) var foreign: [ForeignClaims] = []
  /// What the other drops of the run are called.
  var others: Set<String> = []
  private var isOpen = false
  /// By which the ledger's leases know the drop.
  private(set) var mark = ""

  /// - Parameter feeds: At least one, all over one ledger.
  init(_ drop: any Drop, _ feeds: [FeedDesk], _ around: RunSurroundings) {
    self.drop = drop
    self.feeds = feeds
    settings = feeds.map(\.settings)
    self.around = around
    judge = ArrivalJudge(drop) { [around] in
      around.pulse()
      return around.interrupts() > 0
    }
  }

  /// Whether the process was told to end, for what takes long: it says meanwhile that it is alive.
  func isCancelled() -> Bool {
    around.pulse()
    return around.interrupts() > 0
  }

  var ledger: Ledger { feeds[0].account.ledger }

  /// Makes the drop ready, once; what other ledgers have claimed is told, or taken over where that was asked for.
  private func open() throws(RunFault) {
    if isOpen { return }
    try attempt { () throws(DropError) in try drop.prepare() }
    mark = try agreedMark()
    if around.takesOver {
      for name in try attempt({ () throws(DropError) in try drop.takeOver(where: Ledger.isFile(at:)) }) {
        around.log(RunEvent(.warning, "taken over from another ledger", file: name))
      }
    }
    foreign = try attempt { () throws(DropError) in try drop.foreignClaims() }
    tellForeign()
    isOpen = true
  }

  /// One look, and all that can be done after it.
  ///
  /// - Parameter tell: Told of each outcome as it comes; where it says no, the rest is left.
  func pass(_ tell: (RunOutcome) throws(RunFault) -> Bool) throws(RunFault) {
    (endings, ended) = ([], [])
    // They know this desk, and through it the ledger, which could not be closed.
    defer { endings = [] }
    try look(tell)
    _ = try endGathered(tell)
  }

  private func look(_ tell: (RunOutcome) throws(RunFault) -> Bool) throws(RunFault) {
    pause = nil
    (left, ahead, waiting) = ([], [], [])
    (arrivingBefore, arriving) = (arriving, [:])
    heldBefore = nil
    try open()
    if !foreign.isEmpty { foreign = try attempt { () throws(DropError) in try drop.foreignClaims() } }
    for outcome in orphans where try !tell(outcome) { return }
    let listing = try attempt { () throws(DropError) in try drop.list() }
    let now = around.clock.monotonic()
    judge.look(listing, at: now)
    tellOdd(listing)
    untaken = Dictionary(listing.odd.map { ($0.name, $0.reason.rawValue) }, uniquingKeysWith: { first, _ in first })
    arrivedNames = Set(listing.entries.map(\.name))
    unlooked = arrivedNames
    guard try goOn(tell) else { return }
    (held, coming, behind) = ([:], [], [])
    let arrived = try sorted(listing, at: now)
    tellRest(listing)
    companionless.formIntersection(arrivedNames)
    for feed in feeds { feed.forget(except: arrivedNames) }
    for (index, (entry, feed, key)) in arrived.enumerated() {
      if around.interrupts() > 0 { return }
      if feed.rests {
        left.insert(entry.name)
        continue
      }
      unlooked.remove(entry.name)
      around.pulse()
      try takeAhead(arrived[index...], at: now)
      if let outcome = try takeOrFail(entry, feed, key, at: now), try !tell(outcome) { return }
      if endings.count >= Self.mostEndings || !ended.isEmpty, try !endGathered(tell) { return }
    }
    if try tellOvertaken(tell) { try help() }
  }

  /// Notes that a file with these digits came up.
  func meet(_ digits: String?) {
    if digits != nil, digits == around.approval { metApproval = true }
  }

  /// Something is coming that so many seconds will show.
  func wait(_ seconds: Double) { pause = max(pause ?? 0, seconds) }

  /// Notes that a file is held where it arrived.
  func noteHeld(_ entry: DropEntry, _ key: FeedKey?, _ feed: FeedDesk) {
    held[feed.name, default: []].append((entry.name, key))
  }

  func wait(_ seconds: Double, for name: String) {
    waiting.insert(name)
    wait(seconds)
  }

  /// What was claimed before and is not through: by a process that died, or where the work failed.
  private func goOn(_ tell: (RunOutcome) throws(RunFault) -> Bool) throws(RunFault) -> Bool {
    let claims = try claims()
    claimed = claims
    unlooked.formUnion(claims.map(\.name))
    let open = try attempt { () throws(LedgerError) in try ledger.openDropFiles(in: drop.title) }
    for file in open where !claims.contains(where: { $0.name == file.name }) {
      let outcome = try alone(file.name, feed(of: file.name)?.0) { () throws(RunFault) -> RunOutcome? in
        try isLeftOpen(file) ? FileWay(self, nil).end(file) : nil
      }
      if let outcome, try !tell(outcome) { return false }
    }
    try lookAt(claims)
    for claim in inOrder(claims, among: open) {
      if around.interrupts() > 0 { return false }
      unlooked.remove(claim.name)
      guard let (feed, key) = feed(of: claim.name) else {
        if let outcome = try stray(claim, among: open), try !tell(outcome) { return false }
        continue
      }
      let outcome = try alone(claim.name, feed) { () throws(RunFault) -> RunOutcome? in
        try goOn(claim, feed, key, try record(of: claim, among: open)).map(tellingNext)
      }
      if let outcome, try !tell(outcome) { return false }
      if endings.count >= Self.mostEndings || !ended.isEmpty, try !endGathered(tell) { return false }
    }
    return try endGathered(tell)
  }

  /// Goes on with a claim, where it may be; `file`: what the ledger has of it.
  private func goOn(
    _ claim: DropClaim, _ feed: FeedDesk, _ key: FeedKey?, _ file: DropFile?
  ) throws(RunFault) -> RunOutcome? {
    if file == nil, let outcome = try twin(claim, feed) { return outcome }
    if feed.rests, isToBeSent(file) {
      left.insert(claim.name)
      if file == nil { unlooked.insert(claim.name) }
      return nil
    }
    if file == nil, try !lies(claim, feed) {
      wait(stillness(of: claim, feed), for: claim.name)
      return nil
    }
    guard retries.isDue(claim.name, at: around.clock.monotonic()) else {
      left.insert(claim.name)
      return nil
    }
    let isPlaced = file.map { !feed.awaitsKey($0) } ?? false
    let place = !isPlaced && feed.readsKeys ? try feed.key(inFile: stage(claim), named: claim.name) : key
    // It was told to end before the key was read.
    if around.interrupts() > 0 { return nil }
    let known = isPlaced ? file?.sortKey.flatMap { FeedKey(sortText: $0) } : place
    if file?.goesOn ?? true, case .claim(let other)? = try before(claim.name, known, feed, isTaken: true) {
      left.insert(claim.name)
      tellOnce(claim.name, "goes after \(other.name), which is not through")
      return nil
    }
    return try go(claim, feed, place, file, isArrival: false)
  }

  /// Whether going on with a claim may mean that rows of it are sent; `file`: what the ledger has of it.
  private func isToBeSent(_ file: DropFile?) -> Bool {
    file?.goesOn ?? true || file?.verdict == .held && around.approval == file?.digest?.short
  }

  /// Takes a claim as far as it goes; one that stopped, or that the work failed on, is tried again after a while, and
  /// ever longer ones. Others don't wait for it.
  func go(
    _ claim: DropClaim, _ feed: FeedDesk, _ key: FeedKey?, _ file: DropFile?, isArrival: Bool
  ) throws(RunFault) -> RunOutcome? {
    let outcome = try outcome(of: claim, feed, key, file, isArrival: isArrival)
    // Files of other feeds may be gathered: each is told what became of it.
    if outcome == nil, !endings.isEmpty, !gathers(feed) { ended += try putAway() }
    if let outcome { feed.account.pauses.note(outcome.stop, of: feed.name) }
    noteRetry(claim.name, outcome)
    return outcome
  }

  func noteRetry(_ name: String, _ outcome: RunOutcome?) {
    let isOpen = outcome.map { $0.verdict == nil || $0.verdict == .stopped } ?? false
    retries.note(name, isOpen: isOpen, at: around.clock.monotonic())
  }

  /// What became of a claim; where the work on it failed, that, and the others go on.
  private func outcome(
    of claim: DropClaim, _ feed: FeedDesk, _ key: FeedKey?, _ file: DropFile?, isArrival: Bool
  ) throws(RunFault) -> RunOutcome? {
    do throws(RunFault) { return try FileWay(self, feed).go(claim, key, file, isArrival: isArrival) } catch {
      // The same bytes under another name, or another file that changes what is there.
      if case .ledger(.workTaken(_, _, let holder)) = error {
        leave(claim.name, to: holder)
        return nil
      }
      return try faultOutcome(error, claim, feed)
    }
  }

  private func lookAt(_ claims: [DropClaim]) throws(RunFault) {
    var entries: [DropEntry] = []
    for claim in claims {
      let stamp = try attempt { () throws(DropError) in try drop.stamp(of: claim) }
      if let stamp { entries.append(DropEntry(name: claim.name, stamp: stamp)) }
    }
    claimWatch.look(entries, at: around.clock.monotonic())
  }

  /// Whether a claim that nobody vouches for has lain still.
  private func lies(_ claim: DropClaim, _ feed: FeedDesk) throws(RunFault) -> Bool {
    guard let stamp = try attempt({ () throws(DropError) in try drop.stamp(of: claim) }) else { return false }
    return claimWatch.isUnchanged(
      DropEntry(name: claim.name, stamp: stamp), forSeconds: stillness(of: claim, feed),
      at: around.clock.monotonic())
  }

  /// How many seconds such a claim must lie still: what was claimed with its done-file or checksum was whole, and may
  /// only have been written to in that moment.
  func stillness(of claim: DropClaim, _ feed: FeedDesk) -> Double {
    if case .unchanged(let seconds) = feed.settings.completeness { return seconds }
    return claim.companions.isEmpty ? 5 : 1
  }

  /// The files of all feeds, each feed's in its order, those without an order by their names.
  private func sorted(
    _ listing: DropListing, at now: UInt64
  ) throws(RunFault) -> [(DropEntry, FeedDesk, FeedKey?)] {
    let endings = Set(feeds.flatMap { $0.settings.completeness.companionEndings })
    var found: [(DropEntry, FeedDesk, FeedKey?)] = []
    for entry in listing.entries {
      if let (feed, key) = feed(of: entry.name) {
        found.append((entry, feed, feed.readsKeys ? try readKey(of: entry, feed, at: now) : key))
      } else if let reason = UntakenName(entry.name, endings: endings, among: arrivedNames) {
        untaken[entry.name] = reason.rawValue
        if reason == .ofNoFeed { tellOnce(entry.name, "\(reason.rawValue): it stays where it is") }
      }
    }
    return Self.sorted(found) { ($0.0.name, $0.2) }
  }

  /// The key that stands in a file; `nil` as long as it isn't whole, and where it tells none.
  private func readKey(of entry: DropEntry, _ feed: FeedDesk, at now: UInt64) throws(RunFault) -> FeedKey? {
    do throws(RunFault) {
      let judgement = try attempt { () throws(DropError) in
        try judge.judge(entry, by: feed.settings.completeness, at: now)
      }
      guard case .whole = judgement else { return nil }
      return try feed.key(inFile: path(of: entry), named: entry.name, entry.stamp)
    } catch {
      // Where it can't be looked at, that is told when it is taken.
      guard error.isOfOneFile else { throw error }
      return nil
    }
  }

  private func stage(_ claim: DropClaim) throws(RunFault) -> String {
    try attempt { () throws(DropError) in try drop.stage(claim) }
  }

  func attempt<Value>(_ work: () throws(DropError) -> Value) throws(RunFault) -> Value {
    do throws(DropError) { return try work() } catch { throw .drop(error) }
  }

  func attempt<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
