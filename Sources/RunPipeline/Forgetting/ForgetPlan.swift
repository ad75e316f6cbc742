import BillLedger
package import BillModel
import Drops
import DurableFiles

/// What of a scope can be forgotten now, and what stays although it was asked for.
package struct ForgetPlan: Sendable {
  /// What stays, and why.
  package struct Kept: Hashable, Sendable {
    package var path: String
    package var reason: String
  }

  package private(set) var going: [Forgettable] = []
  package private(set) var staying: [Kept] = []
  private let scope: ForgetScope
  /// Everything before it is old enough; `nil` where files are named.
  private let cutoff: WallTime?
  private let now: WallTime

  /// Looks, and changes nothing.
  package init(_ scope: ForgetScope, now: WallTime) throws(RunFault) {
    self.scope = scope
    self.now = now
    cutoff = scope.olderThan.map { now.advanced(byMilliseconds: Int64($0) * -86_400_000) }
    for folder in scope.reports where Directory.isFolder(folder) { try findReports(in: folder) }
    guard cutoff != nil else { return }
    for drop in scope.drops { try findFiles(of: drop) }
    for path in scope.ledgers where Directory.hasFile(path) { try findTexts(in: path) }
  }

  private mutating func findReports(in folder: String) throws(RunFault) {
    for name in try names(in: folder) where Directory.isFolder("\(folder)/\(name)") {
      let path = "\(folder)/\(name)"
      if try isLink(path) { continue }
      let runs = try names(in: path).filter { Directory.hasFile("\(path)/\($0)/summary.json") }
      guard !runs.isEmpty, isMeant(name) else { continue }
      let summaries = runs.compactMap { ReportGlance(path: "\(path)/\($0)/summary.json") }
      let last = summaries.map { String($0.startedAt.prefix(19)) }.max() ?? now.rfc3339
      guard cutoff.map({ last < $0.rfc3339.prefix(19) }) ?? true else { continue }
      if let open = summaries.first(where: \.isOpen) {
        staying.append(Kept(path: path, reason: "\(open.verdict.rawValue): somebody has to look at it still"))
      } else {
        going.append(Forgettable(kind: .report, path: path, detail: "of \(last.prefix(10))"))
      }
    }
  }

  /// Whether a report's folder is that of a file that is named: `<name>-<12 digits>`.
  private func isMeant(_ folder: String) -> Bool {
    guard cutoff == nil else { return true }
    let (name, digits) = (folder.dropLast(13), folder.suffix(12))
    return scope.names.contains { word in
      let file = word.split(separator: "/").last ?? ""
      return file == name || file == digits
    }
  }

  /// Of a drop on another machine nothing is forgotten: what lies there is its owner's.
  private mutating func findFiles(of drop: DropSettings) throws(RunFault) {
    guard case .folder(let folders) = drop.site else { return }
    for folder in [folders.archive, folders.rejected] {
      try findOld(in: folder, kind: .archived) { Directory.hasFile($0) }
    }
    try findOld(in: folders.reports, kind: .delivered) { Directory.hasFile($0 + "/summary.json") }
  }

  private mutating func findOld(
    in folder: String, kind: Forgettable.Kind, where isOne: (String) -> Bool
  ) throws(RunFault) {
    guard Directory.isFolder(folder), let cutoff else { return }
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if try isLink(path) { continue }
      let written = kind == .delivered ? path + "/summary.json" : path
      guard isOne(path), let time = (try? FileLook(path: written))??.modified else { continue }
      let modified = WallTime(milliseconds: time / 1_000_000)
      guard modified < cutoff else { continue }
      going.append(Forgettable(kind: kind, path: path, detail: "of \(modified.rfc3339.prefix(10))"))
    }
  }

  private mutating func findTexts(in path: String) throws(RunFault) {
    guard let cutoff else { return }
    do throws(LedgerError) {
      let count = try Ledger(observing: path).textCount(before: cutoff)
      guard count > 0 else { return }
      going.append(
        Forgettable(kind: .texts, path: path, detail: "\(MoneyText.count(count)) \(count == 1 ? "text" : "texts")"))
    } catch { throw .ledger(error) }
  }

  /// Whether a name leads elsewhere: what lies there was never ours.
  private func isLink(_ path: String) throws(RunFault) -> Bool {
    do throws(FileError) { return try FileLook(path: path)?.kind == .link } catch { throw .file(error) }
  }

  private func names(in folder: String) throws(RunFault) -> [String] {
    do throws(FileError) {
      return try Directory.names(in: folder, beginningWith: "").filter { !$0.hasPrefix(".") }.sorted()
    } catch { throw .file(error) }
  }

  /// Forgets one thing for good.
  package func forget(_ thing: Forgettable) throws(RunFault) {
    do throws(FileError) {
      switch thing.kind {
      case .report: try Directory.removeTree(thing.path, but: "receipt.json")
      case .delivered: try Directory.removeTree(thing.path)
      case .archived: try Directory.removeFile(thing.path)
      case .texts: break
      }
    } catch { throw .file(error) }
    guard thing.kind == .texts, let cutoff else { return }
    do throws(LedgerError) {
      _ = try Ledger(existing: thing.path, now: now).forgetTexts(before: cutoff, now: now)
    } catch { throw .ledger(error) }
  }
}
