import BillModel
import BillReports

/// One file run, as its `summary.json` tells it; members that this version doesn't know are passed over.
struct FileRunEntry: Sendable {
  var command: String
  var verdict: Verdict
  var fileName: String
  /// The feed that it belongs to; `nil` for a file that was named on a command line.
  var feed: String?
  var startedAt: WallTime
  var seconds: Double
  var read: Int
  var outcomes: [RowOutcome: Int]
  var money: [CurrencyCode: [RowOutcome: Int64]]
  /// What its rows asked for, by currency.
  var amounts: [CurrencyCode: AmountHistogram] = [:]
  /// The folder of the report, from the folder of all reports on.
  var folder: String
  /// Whether it has a page.
  var hasPage: Bool

  /// Rows that went well, or were left out as their layout says.
  var good: Int { rows(isCheck ? [.notSent, .skipped] : [.created, .unchanged, .updated, .skipped]) }

  /// Rows that somebody has to look at.
  var open: Int { max(0, read - good) }

  var isCheck: Bool { command == "validate" }

  /// Whether it changed nothing at the API.
  var isTrial: Bool { command != "submit" }

  /// Minor units that went well.
  func goodMoney(in currency: CurrencyCode) -> Int64 {
    let outcomes: [RowOutcome] = isCheck ? [.notSent] : [.created, .unchanged, .updated]
    return outcomes.reduce(0) { $0 + (money[currency]?[$1] ?? 0) }
  }

  /// What files of its kind are called: the feed, or the name with its figures left out.
  var series: String { Self.series(of: fileName, feed: feed) }

  static func series(of fileName: String, feed: String?) -> String {
    if let feed { return feed }
    var name = ""
    for character in fileName.replacing(".mended", with: "") {
      if !character.isNumber { name.append(character) } else if name.last != "#" { name.append("#") }
    }
    while let range = name.firstRange(of: "#-#") { name.replaceSubrange(range, with: "#") }
    return name
  }

  /// The day on which it began, in the machine's zone.
  var day: CivilDate? { PageWords.day(startedAt) }

  private func rows(_ of: [RowOutcome]) -> Int { of.reduce(0) { $0 + (outcomes[$1] ?? 0) } }
}
