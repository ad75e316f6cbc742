import BillModel
import BillReports
import DurableFiles
import Foundation
import FoundationXML
import Hashing
import Testing

@testable import ReportPages

struct IndexPageTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UUID().uuidString)").path

  private func write(
    _ name: String, daysAgo: Int, _ verdict: Verdict = .complete, feed: String? = nil, now: WallTime
  ) throws {
    var scene = PageScene(verdict, fileName: name)
    scene.summary.feed = feed
    scene.summary.startedAt = now.advanced(byMilliseconds: -Int64(daysAgo) * 86_400_000)
    let digest = try #require(PageScene.digest(daysAgo + 1))
    let report = ReportFolder(reports: folder, fileName: name, digest: digest, command: "submit")
    let writer = try ReportWriter(
      folder: report, rejected: RejectedFile(nameExtension: "csv", opening: [], listsReasons: false), list: .outcomes)
    try writer.finish(scene.summary, page: [])
  }

  @Test func `files that come night by night stand together, by day, with their verdicts`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = try #require(WallTime(rfc3339: "2026-11-26T12:00:00Z"))
    for day in 0..<100 {
      try write("bills-\(day).csv", daysAgo: day, day == 1 ? .completeWithRejects : .complete, now: now)
    }
    try write("other.csv", daysAgo: 3, .fileRejected, now: now)
    try ReportShelf(path: folder).writeIndex(now: now)
    let html = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
    let document = try PageScene.document(html)
    #expect(
      try document.nodes(forXPath: "//h2").map { $0.stringValue } == [
        "What needs somebody", "bills-#.csv ✓ complete", "Files that came once",
      ])
    #expect(try document.nodes(forXPath: "//section[@aria-labelledby='series-0']//tbody/tr").count == 90)
    let marks = try document.nodes(forXPath: "//ul[@class='nights']//a").map { $0.stringValue ?? "" }
    #expect(marks.count(where: { $0 == "!" }) == 1)
    #expect(marks.last == "✓")
    #expect(try document.nodes(forXPath: "//h1").first?.stringValue == "1 thing needs somebody")
    for link in try document.nodes(forXPath: "//tbody//a/@href") {
      let path = try #require(link.stringValue?.removingPercentEncoding)
      #expect(FileManager.default.fileExists(atPath: folder + "/" + path))
    }
  }

  @Test func `a file that is held still needs somebody, whatever came after it`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = try #require(WallTime(rfc3339: "2026-11-26T12:00:00Z"))
    func headline() throws -> String? {
      try ReportShelf(path: folder).writeIndex(now: now)
      let html = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
      return try PageScene.document(html).nodes(forXPath: "//h1").first?.stringValue
    }
    try write("bills-2.csv", daysAgo: 2, .held, now: now)
    try write("bills-1.csv", daysAgo: 1, now: now)
    #expect(try headline() == "1 thing needs somebody")
    try write("bills-2.csv", daysAgo: 2, now: now)
    #expect(try headline() == "All is well")
  }

  @Test func `what is held where it arrived, late or missing stands on the page, until it is mended`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = try #require(WallTime(rfc3339: "2026-11-26T12:00:00Z"))
    func page() throws -> XMLDocument {
      try ReportShelf(path: folder).writeIndex(now: now)
      return try PageScene.document(String(contentsOfFile: folder + "/index.html", encoding: .utf8))
    }
    var standing = FeedStanding(feed: "daily", drop: "/srv/d")
    standing.needs = [
      FeedStanding.Need(
        verdict: "held", file: "b_<1>.csv", reason: "Out of order.", next: "Let it through.", path: "/srv/d/inbound/b",
        since: "2026-11-26T04:00:00Z"),
      FeedStanding.Need(
        verdict: "missing", file: "daily 2026-11-25", reason: "No file has come.", next: "Ask.", path: nil,
        since: "2026-11-25T04:00:00Z"),
    ]
    standing.nights = [
      FeedStanding.Night(date: "2026-11-24", cameAt: "2026-11-24T09:30:00Z"),
      FeedStanding.Night(date: "2026-11-25", cameAt: nil),
    ]
    #expect(try ReportShelf(path: folder).keep([standing], now: now))
    #expect(try !ReportShelf(path: folder).keep([standing], now: now), "the same is no news")
    var document = try page()
    #expect(try document.nodes(forXPath: "//h1").first?.stringValue == "2 things need somebody")
    let needs = try document.nodes(forXPath: "//section[@aria-labelledby='needs']//li").map { $0.stringValue ?? "" }
    #expect(needs.count == 2 && needs[0].contains("has not come") == false)
    #expect(needs[0].contains("daily 2026-11-25") && needs[1].contains("/srv/d/inbound/b"), "the gravest first")
    try write("b-1.csv", daysAgo: 1, feed: "daily", now: now)
    try write("b-2.csv", daysAgo: 2, feed: "daily", now: now)
    document = try page()
    let nights = try document.nodes(forXPath: "//ul[@class='nights']//a").map { $0.stringValue ?? "" }
    #expect(nights == ["↷", "?"], "what came by day stands behind what was due")
    standing.needs = []
    _ = try ReportShelf(path: folder).keep([standing], now: now)
    #expect(try page().nodes(forXPath: "//h1").first?.stringValue == "All is well")
  }

  @Test func `a file that was held and taken away needs nobody`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = try #require(WallTime(rfc3339: "2026-11-26T12:00:00Z"))
    try write("bills-2.csv", daysAgo: 2, .held, now: now)
    try write("bills-1.csv", daysAgo: 1, now: now)
    var standing = FeedStanding(feed: "bills", drop: "/srv/d")
    standing.takenAway = [try #require(PageScene.digest(3)).short]
    _ = try ReportShelf(path: folder).keep([standing], now: now)
    try ReportShelf(path: folder).writeIndex(now: now)
    #expect(try String(contentsOfFile: folder + "/index.html", encoding: .utf8).contains("All is well"))
  }

  @Test func `names can't leave the folder or become markup`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = try #require(WallTime(rfc3339: "2026-11-26T12:00:00Z"))
    try write("<b>\"x'&?#.csv", daysAgo: 0, now: now)
    try Data("{\"command\": 7".utf8).write(to: URL(filePath: folder + "/broken.json"))
    try ReportShelf(path: folder).writeIndex(now: now)
    let html = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
    #expect(!html.contains("<b>\""))
    let links = try PageScene.document(html).nodes(forXPath: "//tbody//a/@href").compactMap(\.stringValue)
    #expect(links.count == 1)
    let path = try #require(links.first?.removingPercentEncoding)
    #expect(links.first?.contains("?") == false && links.first?.contains("#") == false)
    #expect(FileManager.default.fileExists(atPath: folder + "/" + path))
  }

  @Test func `a folder without reports gets no page`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try ReportShelf(path: folder).writeIndex(now: WallTime(milliseconds: 0))
    #expect(!FileManager.default.fileExists(atPath: folder + "/index.html"))
  }

  @Test func `days have numbers, weekdays and neighbours`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for number in stride(from: 0, to: 40_000, by: 13) {
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
      let date = try #require(CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
      #expect(date.dayNumber == number)
      #expect(date.daysSinceMonday == ((parts.weekday ?? 0) + 5) % 7)
      #expect(date.advanced(byDays: 13).dayNumber == number + 13)
      #expect(date.advanced(byDays: -13).dayNumber == number - 13)
    }
  }

  @Test(arguments: [
    ("bills-2026-02-01.csv", "bills-#.csv"), ("BILLS20260201.mended.csv", "BILLS#.csv"), ("nightly.csv", "nightly.csv"),
  ])
  func `a file's series is its name without figures`(_ name: String, _ series: String) {
    let entry = FileRunEntry(
      command: "submit", verdict: .complete, fileName: name, startedAt: WallTime(milliseconds: 0), seconds: 0, read: 0,
      outcomes: [:], money: [:], folder: "", hasPage: true)
    #expect(entry.series == series)
  }
}
