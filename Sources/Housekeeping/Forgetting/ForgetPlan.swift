import BillLedger
package import BillModel
import DurableFiles
import FileRuns
import RunConfiguration

/// What of a scope can be forgotten now, what stays although it was asked for, and what could not be looked at.
package struct ForgetPlan: Sendable {
  /// What stays, or failed, and why.
  package struct Kept: Hashable, Sendable {
    package var path: String
    package var reason: String
  }

  package internal(set) var going: [Forgettable] = []
  package internal(set) var staying: [Kept] = []
  /// What went wrong; the rest goes on.
  package private(set) var failed: [Kept] = []
  let scope: ForgetScope
  /// Everything before it is old enough; `nil` where files are named.
  let cutoff: WallTime?
  let now: WallTime

  /// Looks, and changes nothing.
  package init(_ scope: ForgetScope, now: WallTime) {
    self.scope = scope
    self.now = now
    cutoff = scope.olderThan.map { now.advanced(byMilliseconds: Int64($0) * -86_400_000) }
    for folder in scope.reports where Directory.isFolder(folder) {
      attempt(folder) { (plan) throws(RunFault) in try plan.findReports(in: folder) }
    }
    for drop in scope.drops {
      attempt(drop.title) { (plan) throws(RunFault) in
        if plan.cutoff != nil { try plan.findOldFiles(of: drop) } else { try plan.findCopies(in: drop) }
      }
    }
    for path in scope.ledgers {
      attempt(LedgerURL.shown(path)) { (plan) throws(RunFault) in
        guard try LedgerPath.isThere(path) else { return }
        try plan.findTexts(in: path)
        try plan.findTraces(in: path)
        try plan.findEvents(beside: path)
      }
    }
  }

  /// Does a part of the work; where that fails, notes it and leaves the other parts to go on.
  private mutating func attempt(_ path: String, _ work: (inout ForgetPlan) throws(RunFault) -> Void) {
    do throws(RunFault) { try work(&self) } catch { failed.append(Kept(path: path, reason: error.words)) }
  }

  /// Forgets all that goes, for good: what fails is noted, and stays.
  package mutating func forget() {
    var gone: [Forgettable] = []
    for thing in going {
      let before = failed.count
      attempt(thing.path) { (plan) throws(RunFault) in try plan.forget(thing) }
      if failed.count == before { gone.append(thing) }
    }
    going = gone
  }

  private mutating func forget(_ thing: Forgettable) throws(RunFault) {
    switch thing.kind {
    case .report, .delivered: try removeParts(of: thing)
    case .archived, .staged: try Self.onDisk { () throws(FileError) in try Directory.removeFile(thing.path) }
    case .texts:
      guard let texts = thing.texts else { return }
      do throws(LedgerError) { _ = try Ledger(existing: thing.path, now: now).forgetTexts(texts, now: now) } catch {
        throw .ledger(error)
      }
    case .events:
      guard let cutoff, let ledger = thing.ledger else { return }
      try EventShortening.run(besideLedger: ledger, before: cutoff)
    }
  }

  /// Removes the files of a report and the folders that are empty then; goes on after one that can't be removed.
  private mutating func removeParts(of report: Forgettable) throws(RunFault) {
    var fault: FileError?
    for part in report.parts {
      do throws(FileError) { try Directory.removeFile("\(report.path)/\(part)") } catch { fault = fault ?? error }
    }
    if let fault { throw .file(fault) }
    let folders = Set(report.parts.compactMap { $0.contains("/") ? String($0.prefix { $0 != "/" }) : nil })
    try Self.onDisk { () throws(FileError) in
      for folder in folders.sorted() { try Directory.removeEmpty("\(report.path)/\(folder)") }
      try Directory.removeEmpty(report.path)
    }
  }

  // MARK: Looking

  /// Whether a name leads elsewhere: what lies there was never ours.
  func isLink(_ path: String) throws(RunFault) -> Bool {
    try Self.onDisk { () throws(FileError) in try FileLook(path: path)?.kind == .link }
  }

  func names(in folder: String) throws(RunFault) -> [String] {
    try Self.onDisk { () throws(FileError) in
      try Directory.names(in: folder, beginningWith: "").filter { $0 != "." && $0 != ".." }.sorted()
    }
  }

  static func onDisk<Value>(_ work: () throws(FileError) -> Value) throws(RunFault) -> Value {
    do throws(FileError) { return try work() } catch { throw .file(error) }
  }
}

extension RunFault {
  /// What of a fault matters here: it is told beside its path.
  fileprivate var words: String {
    switch self {
    case .file(let error): error.description
    case .ledger(let error): error.description
    default: "\(self)"
    }
  }
}
