package import BillModel
package import BillReports
package import DurableFiles

/// The folder of all reports, and the page that leads to them.
///
/// The page is made anew from the `summary.json` of the reports, so that it can't say anything else than they do, and
/// from what was kept of the feeds: what is held or missing has no report. Of a
/// folder with many reports the 2,000 that were written last are read.
package struct ReportShelf {
  let path: String

  /// How many reports are read at most.
  private static let most = 2_000

  package init(path: String) { self.path = path }

  /// Writes `index.html`; nothing where there is no report yet, and nothing else to tell.
  package func writeIndex(now: WallTime) throws(FileError) {
    let entries = try entries()
    let standings = try standings(now: now)
    guard !entries.isEmpty || standings.contains(where: { !$0.needs.isEmpty }) else { return }
    try AtomicFile.removeLeftovers(in: path)
    let file = try AtomicFile(path: path + "/index.html")
    try file.write(IndexPage(entries: entries, standings: standings, now: now).utf8)
    try file.commit()
  }

  /// What the last files of a file's kind asked for that were submitted before a time, by currency: up to `most` files.
  package func earlierAmounts(
    of fileName: String, feed: String?, before time: WallTime, most: Int = 7
  ) -> [CurrencyCode: [AmountHistogram]] {
    let entries = (try? entries()) ?? []
    let series = FileRunEntry.series(of: fileName, feed: feed)
    var found: [CurrencyCode: [AmountHistogram]] = [:]
    for entry in entries.filter({ !$0.isTrial && $0.series == series && $0.startedAt < time }).prefix(most) {
      for (currency, amounts) in entry.amounts { found[currency, default: []].append(amounts) }
    }
    return found
  }

  /// The runs, the latest first.
  func entries() throws(FileError) -> [FileRunEntry] {
    var summaries: [(folder: String, written: Int64)] = []
    for report in try Directory.names(in: path, beginningWith: "") where isFolder(report) {
      for command in (try? Directory.names(in: "\(path)/\(report)", beginningWith: "")) ?? [] {
        let folder = "\(report)/\(command)"
        if command != "ledger", isFolder(folder), let written = Self.modified("\(path)/\(folder)/summary.json") {
          summaries.append((folder, written))
        }
      }
    }
    summaries.sort { $0.written == $1.written ? $0.folder < $1.folder : $0.written > $1.written }
    return summaries.prefix(Self.most).compactMap { entry(in: $0.folder) }.sorted { $0.startedAt > $1.startedAt }
  }

  /// Whether a folder of ours lies here: a link leads to none.
  private func isFolder(_ name: String) -> Bool {
    guard !name.hasPrefix("."), !name.contains("/.") else { return false }
    return (try? FileLook(path: "\(path)/\(name)"))??.kind == .folder
  }

  private func entry(in folder: String) -> FileRunEntry? {
    guard let file = try? SmallFile(path: "\(path)/\(folder)/summary.json", mostBytes: 4 << 20) else { return nil }
    return FileRunEntry(
      json: file.bytes, folder: folder, hasPage: Directory.hasFile("\(path)/\(folder)/report.html"))
  }

  /// When a file was written, in nanoseconds; `nil` where there is none, or a link in its place.
  private static func modified(_ path: String) -> Int64? {
    guard let look = try? FileLook(path: path), look.kind == .file else { return nil }
    return look.modified
  }
}
