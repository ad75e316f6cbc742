import BillLedger
import BillModel
import Drops
import DurableFiles
import Transport

/// Files themselves, where drops keep them, and what ledgers have of them.
extension ForgetPlan {
  /// By age: what lies in the archives of a drop, and reports that were delivered there. Of a drop on another machine
  /// nothing is forgotten: what lies there is its owner's.
  mutating func findOldFiles(of drop: DropSettings) throws(RunFault) {
    guard case .folder(let folders) = drop.site, let cutoff else { return }
    for folder in [folders.archive, folders.rejected] where Directory.isFolder(folder) {
      for name in try names(in: folder) where !name.hasPrefix(".") {
        guard let time = try written("\(folder)/\(name)"), time < cutoff else { continue }
        add("\(folder)/\(name)", .archived, time)
      }
    }
    try findDelivered(in: folders.reports) { _, time in time < cutoff }
  }

  /// By name: every copy of the files that are meant, and every report that was delivered.
  mutating func findCopies(in drop: DropSettings) throws(RunFault) {
    guard case .folder(let folders) = drop.site else { return try findStaged(of: drop) }
    for folder in [folders.archive, folders.rejected] where Directory.isFolder(folder) {
      let known = try namesPutAway(in: drop)
      for name in try names(in: folder) where known.contains(name) || isCopy(name) {
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
      for name in try names(in: folder) where scope.words.contains(name) {
        staying.append(Kept(path: "\(folder)/\(name)", reason: "it is not through: somebody has to look at it still"))
      }
    }
  }

  /// Copies on this machine of files from a server; what lies on the server is named.
  private mutating func findStaged(of drop: DropSettings) throws(RunFault) {
    guard case .server(let server) = drop.site else { return }
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      let (owner, files) = try onLedger { () throws(LedgerError) -> (ClaimOwner, [DropFile]) in
        let ledger = try Ledger(observing: path)
        let owner = ClaimOwner(identity: try ledger.identity(), ledger: ledger.path)
        return (owner, try self.files(of: drop, in: ledger))
      }
      for folder in drop.localArchives(of: owner) where Directory.isFolder(folder) {
        for name in try names(in: folder) where isCopy(name) || files.contains(where: { $0.name == name }) {
          if let time = try written("\(folder)/\(name)") { take("\(folder)/\(name)", .staged, time) }
        }
      }
      if let folder = drop.stagedFolder(of: owner), Directory.isFolder(folder) {
        for name in try names(in: folder) where isCopy(name) {
          staying.append(Kept(path: "\(folder)/\(name)", reason: "it is not through: somebody has to look at it still"))
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

  /// The names under which files that are meant were put away in a drop.
  private func namesPutAway(in drop: DropSettings) throws(RunFault) -> Set<String> {
    var names: Set<String> = []
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      names.formUnion(
        try onLedger { () throws(LedgerError) -> [String] in
          try files(of: drop, in: Ledger(observing: path)).compactMap(\.target)
        })
    }
    return names
  }

  private func files(of drop: DropSettings, in ledger: Ledger) throws(LedgerError) -> [DropFile] {
    var files: [DropFile] = []
    for word in scope.words { files += try ledger.dropFiles(known: word).filter { $0.place == drop.title } }
    return files
  }

  private func isCopy(_ name: String) -> Bool {
    scope.words.contains { name == $0 || FileName.isMarked(name, of: $0) }
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
    let found = try onLedger { () throws(LedgerError) -> (texts: ForgettableTexts, count: Int) in
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
    let files = try onLedger { () throws(LedgerError) -> [DropFile] in
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

  private func onLedger<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
