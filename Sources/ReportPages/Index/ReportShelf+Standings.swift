package import BillModel
package import DurableFiles
import FoundationEssentials
import Hashing

/// How feeds stand, kept beside their reports.
extension ReportShelf {
  /// What is kept; one file for the feeds of each configuration.
  private struct Kept: Codable {
    /// The day on which it was written, UTC.
    var day: String
    var feeds: [FeedStanding]
  }

  private static let beginning = ".feeds-"
  /// One that nobody wrote anew for so many days is of feeds that nobody runs any more; of files that are submitted by name,
  /// a month may pass between one and the next.
  private static let (lifetime, lifetimeByName): (Int64, Int64) = (7, 31)
  private static let mostBytes = 64 << 20

  /// Keeps how feeds stand; whether that is news. Nothing is made where there is nothing to tell and no folder yet.
  package func keep(_ feeds: [FeedStanding], now: WallTime) throws(FileError) -> Bool {
    if !Directory.isFolder(path) {
      guard feeds.contains(where: { !$0.needs.isEmpty }) else { return false }
      try Directory.make(path)
    }
    let names = feeds.map { "\($0.drop)\n\($0.feed)" }.sorted().joined(separator: "\n")
    let target = "\(path)/\(Self.beginning)\(SHA256Digest(hashing: names).short).json"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Kept(day: String(now.rfc3339.prefix(10)), feeds: feeds)),
      (try? SmallFile(path: target, mostBytes: Self.mostBytes))?.bytes != [UInt8](data)
    else { return false }
    let file = try AtomicFile(path: target)
    try file.write([UInt8](data))
    try file.commit()
    return true
  }

  /// How the feeds stand whose reports are here, by their names.
  func standings(now: WallTime) throws(FileError) -> [FeedStanding] {
    func day(_ daysAgo: Int64) -> Substring {
      now.advanced(byMilliseconds: -daysAgo * 86_400_000).rfc3339.prefix(10)
    }
    let (oldest, oldestByName) = (day(Self.lifetime), day(Self.lifetimeByName))
    return try Directory.names(in: path, beginningWith: Self.beginning).sorted().flatMap { name -> [FeedStanding] in
      guard let file = try? SmallFile(path: "\(path)/\(name)", mostBytes: Self.mostBytes),
        let kept = try? JSONDecoder().decode(Kept.self, from: Data(file.bytes)),
        kept.day >= (kept.feeds.allSatisfy(\.feed.isEmpty) ? oldestByName : oldest)
      else { return [] }
      return kept.feeds
    }.sorted { $0.feed < $1.feed }
  }
}
