import BillLedger
import BillModel
import Drops
import DurableFiles
import FileRuns
import Hashing
import RunConfiguration
import Transport

/// Files themselves, where drops keep them, and what ledgers have of them.
extension ForgetPlan {
  /// By age: what lies in the archives of a drop, and reports that were delivered there. Of a drop on another machine
  /// nothing is forgotten: what lies there is its owner's.
  ///
  /// A file's age counts from when it was put away: its own time is the sender's.
  mutating func findOldFiles(of drop: DropSettings) throws(RunFault) {
    guard case .folder(let folders) = drop.site, let cutoff else { return }
    let (times, needed) = try putAway(in: drop)
    for place in [DropPlace.archive, .rejected] {
      let folder = folders.path(of: place)
      for name in Directory.isFolder(folder) ? try names(in: folder) : [] where !name.hasPrefix(".") {
        let path = "\(folder)/\(name)"
        guard let came = try came(path) else { continue }
        let time = times[place.rawValue]?[name] ?? came
        guard time < cutoff else { continue }
        if place == .rejected, needed.contains(name) { keepWaiting(path) } else { add(path, .archived, time) }
      }
    }
    try findDelivered(in: folders.reports) { _, time in time < cutoff }
  }

  /// When ledgers put files of a drop away, by their places and names; and the names of rejected ones that somebody has to
  /// look at.
  private func putAway(
    in drop: DropSettings
  ) throws(RunFault) -> (times: [String: [String: WallTime]], needed: Set<String>) {
    var times: [String: [String: WallTime]] = [:]
    var needed: Set<String> = []
    let since = now.advanced(byMilliseconds: -Ledger.daysOfRejected * 86_400_000)
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      try Self.onLedger { () throws(LedgerError) in
        let ledger = try Ledger(observing: path)
        for (place, names) in try ledger.putAway(in: drop.title) {
          times[place, default: [:]].merge(names) { max($0, $1) }
        }
        for file in try ledger.rejectedDropFiles(in: drop.title, since: since) {
          if let digest = file.digest, try ledger.isSettled(digest.short) { continue }
          if let name = file.target { needed.insert(name) }
        }
      }
    }
    return (times, needed)
  }

  /// By name: every copy of the files that are meant, and every report that was delivered.
  mutating func findCopies(in drop: DropSettings) throws(RunFault) {
    guard case .folder(let folders) = drop.site else { return try findStaged(of: drop) }
    let known = try known(in: drop)
    for place in [DropPlace.archive, .rejected] {
      let folder = folders.path(of: place)
      for name in Directory.isFolder(folder) ? try names(in: folder) : [] {
        guard try isMeant(name, in: folder, place: place, known) else {
          if isNamed(name, place: place, known) { keepNamesake("\(folder)/\(name)") }
          continue
        }
        if let time = try written("\(folder)/\(name)") { take("\(folder)/\(name)", .archived, time) }
      }
    }
    try findWaiting(in: folders)
    let before = (going.count, staying.count)
    let scope = self.scope
    try findDelivered(in: folders.reports) { name, _ in scope.names(report: name) }
    guard !scope.takesCopies else { return }
    staying.removeSubrange(before.1...)
    for report in going[before.0...] { keepCopy(report.path, "a report that was delivered") }
    going.removeSubrange(before.0...)
  }

  /// Files that have not been put away yet: somebody has to look at them, or they are under way.
  private mutating func findWaiting(in folders: DropFolders) throws(RunFault) {
    var places = [folders.inbound]
    if Directory.isFolder(folders.processing) {
      places += try names(in: folders.processing).map { "\(folders.processing)/\($0)" }
    }
    for folder in places where Directory.isFolder(folder) {
      for name in try names(in: folder) {
        if try isMeant(name, in: folder, nil) { keepWaiting("\(folder)/\(name)") }
      }
    }
  }

  private mutating func keepWaiting(_ path: String) {
    staying.append(Kept(path: path, reason: "it is not through: somebody has to look at it still"))
  }

  private mutating func keepNamesake(_ path: String) {
    staying.append(Kept(path: path, reason: "another file of this name: billdrop didn't put it there"))
  }

  /// Copies on this machine of files from a server; what lies on the server is named.
  private mutating func findStaged(of drop: DropSettings) throws(RunFault) {
    guard case .server(let server) = drop.site else { return }
    let known = try known(in: drop)
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      let (owner, files) = try Self.onLedger { () throws(LedgerError) -> (ClaimOwner, [DropFile]) in
        let ledger = try Ledger(observing: path)
        let owner = ClaimOwner(identity: try ledger.identity(), ledger: ledger.path)
        return (owner, try self.files(of: drop, in: ledger))
      }
      for folder in drop.localArchives(of: owner) where Directory.isFolder(folder) {
        for name in try names(in: folder) {
          guard try isMeant(name, in: folder, place: .archive, known) else {
            if isNamed(name, place: .archive, known) { keepNamesake("\(folder)/\(name)") }
            continue
          }
          if let time = try written("\(folder)/\(name)") { take("\(folder)/\(name)", .staged, time) }
        }
      }
      if let folder = drop.stagedFolder(of: owner), Directory.isFolder(folder) {
        for name in try names(in: folder) {
          if try isMeant(name, in: folder, known) { keepWaiting("\(folder)/\(name)") }
        }
      }
      for file in files { keepOnServer(file, server) }
    }
  }

  private mutating func keepOnServer(_ file: DropFile, _ server: SFTPSettings) {
    let why = "it lies on the server, whose owner alone removes it"
    let site = server.address.site
    if let target = file.target, let place = file.targetPlace.flatMap({ DropPlace(rawValue: $0) }),
      place == .rejected || server.afterwards == .archive
    {
      staying.append(Kept(path: "\(site)\(server.folders.path(of: place))/\(target)", reason: why))
    }
    if let report = file.report?.split(separator: "/").dropLast().last {
      staying.append(Kept(path: "\(site)\(server.folders.reports)/\(report)", reason: why))
    }
  }

  private func files(of drop: DropSettings, in ledger: Ledger) throws(LedgerError) -> [DropFile] {
    var files: [DropFile] = []
    for word in scope.words { files += try ledger.dropFiles(known: word).filter { $0.place == drop.title } }
    return files
  }

  /// Takes a copy along where that was asked for; else it is named, and stays.
  private mutating func take(_ path: String, _ kind: Forgettable.Kind, _ time: WallTime) {
    if scope.takesCopies { add(path, kind, time) } else { keepCopy(path, "a copy of the file") }
  }

  private mutating func keepCopy(_ path: String, _ words: String) {
    staying.append(Kept(path: path, reason: "\(words), with all that stands in it: --copies removes it too"))
  }

  private mutating func add(_ path: String, _ kind: Forgettable.Kind, _ time: WallTime) {
    going.append(Forgettable(kind: kind, path: path, detail: "of \(time.rfc3339.prefix(10))"))
  }

  // MARK: Ledgers

  /// Words of the API's that stand with rows of files that are through.
  mutating func findTexts(in path: String) throws(RunFault) {
    let found = try Self.onLedger { () throws(LedgerError) -> (texts: ForgettableTexts, count: Int) in
      let ledger = try Ledger(observing: path)
      var texts = ForgettableTexts.of([])
      if let cutoff {
        texts = .before(cutoff)
      } else {
        var runs: [FileRunID] = []
        for word in scope.words { runs += try ledger.fileRuns(known: word).map(\.id) }
        texts = .of(runs)
      }
      return (texts, try ledger.textCount(texts))
    }
    guard found.count > 0 else { return }
    var thing = Forgettable(
      kind: .texts, path: path, detail: "\(MoneyText.count(found.count)) \(found.count == 1 ? "text" : "texts")")
    thing.texts = found.texts
    going.append(thing)
  }

  /// Without its configuration, a drop that a file came through is named: its copies are not looked for.
  mutating func findTraces(in path: String) throws(RunFault) {
    guard cutoff == nil else { return }
    let titles = Set(scope.drops.map(\.title))
    let files = try Self.onLedger { () throws(LedgerError) -> [DropFile] in
      let ledger = try Ledger(observing: path)
      var files: [DropFile] = []
      for word in scope.words { files += try ledger.dropFiles(known: word) }
      return files
    }
    for file in files where !titles.contains(file.place) {
      staying.append(
        Kept(
          path: file.place,
          reason: "\(file.name) came through this drop, where copies of it may lie: --config names them"))
    }
  }

  static func onLedger<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
