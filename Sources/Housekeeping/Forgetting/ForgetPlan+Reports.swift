import BillLedger
import BillModel
import BillReports
import DurableFiles
import FileRuns

/// What billdrop wrote of files.
extension ForgetPlan {
  /// The reports in a folder of reports.
  mutating func findReports(in folder: String) throws(RunFault) {
    for name in try names(in: folder) where !name.hasPrefix(".") && Directory.isFolder("\(folder)/\(name)") {
      let path = "\(folder)/\(name)"
      if try isLink(path) || !isMeant(name) { continue }
      let runs = try names(in: path).filter { run in
        ReportContents.isOfACommand(run) && Directory.hasFile("\(path)/\(run)/summary.json")
      }
      guard !runs.isEmpty else { continue }
      let summaries = runs.compactMap { ReportGlance(path: "\(path)/\($0)/summary.json") }
      let last = summaries.map { String($0.startedAt.prefix(19)) }.max() ?? now.rfc3339
      guard cutoff.map({ last < $0.rfc3339.prefix(19) }) ?? true else { continue }
      if let open = summaries.first(where: \.isOpen) {
        staying.append(Kept(path: path, reason: "\(open.verdict.rawValue): somebody has to look at it still"))
        continue
      }
      try add(path, name, runs, detail: "of \(last.prefix(10))")
    }
  }

  /// Adds a report: what billdrop wrote of it goes, but for its receipts; whatever else lies there is named, and stays.
  private mutating func add(_ path: String, _ name: String, _ runs: [String], detail: String) throws(RunFault) {
    var report = Forgettable(kind: .report, path: path, detail: detail)
    let contents = ReportContents(fileName: String(name.dropLast(13)))
    for run in try names(in: path) {
      guard runs.contains(run), try !isLink("\(path)/\(run)") else {
        keepForeign("\(path)/\(run)")
        continue
      }
      for part in try names(in: "\(path)/\(run)") where part != "receipt.json" {
        let isOurs = contents.isPart(part) && !Directory.isFolder("\(path)/\(run)/\(part)")
        if isOurs { report.parts.append("\(run)/\(part)") } else { keepForeign("\(path)/\(run)/\(part)") }
      }
    }
    going.append(report)
  }

  private mutating func keepForeign(_ path: String) {
    staying.append(Kept(path: path, reason: "billdrop didn't write it"))
  }

  /// Whether a report's folder is that of a file that is meant: `<name>-<12 digits>`.
  private func isMeant(_ folder: String) -> Bool { cutoff != nil || scope.names(report: folder) }

  /// The reports that were put where senders look for them; `summary.json` says that one is whole.
  ///
  /// - Parameter isGoing: what of one becomes of it, by its folder's name and when it was written.
  mutating func findDelivered(
    in folder: String, _ isGoing: (_ name: String, _ written: WallTime) -> Bool
  ) throws(RunFault) {
    guard Directory.isFolder(folder) else { return }
    for name in try names(in: folder) where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      guard try !isLink(path), Directory.isFolder(path) else { continue }
      let parts = try names(in: path)
      let contents = ReportContents(fileName: String(name.dropLast(13)))
      func isOurs(_ part: String) -> Bool {
        contents.isPart(part)
          || scope.deliveredEndings.contains { part.hasSuffix($0) && contents.isPart(String(part.dropLast($0.count))) }
      }
      guard let last = parts.first(where: { $0.hasPrefix("summary.json") && isOurs($0) }),
        let time = try written("\(path)/\(last)"), isGoing(name, time)
      else { continue }
      var report = Forgettable(kind: .delivered, path: path, detail: "of \(time.rfc3339.prefix(10))")
      for part in parts where !part.hasPrefix(".") {
        if isOurs(part), !Directory.isFolder("\(path)/\(part)") {
          report.parts.append(part)
        } else {
          keepForeign("\(path)/\(part)")
        }
      }
      going.append(report)
    }
  }

  /// Since when a file can have been where it is: what it is called was changed no later. `nil` where it is none.
  func came(_ path: String) throws(RunFault) -> WallTime? {
    let look = try Self.onDisk { () throws(FileError) in try FileLook(path: path) }
    guard let look, look.kind == .file else { return nil }
    return WallTime(milliseconds: max(look.modified, look.changed) / 1_000_000)
  }

  /// When a file was last written to; `nil` where it is none.
  func written(_ path: String) throws(RunFault) -> WallTime? {
    let look = try Self.onDisk { () throws(FileError) in try FileLook(path: path) }
    guard let look, look.kind == .file else { return nil }
    return WallTime(milliseconds: look.modified / 1_000_000)
  }
}
