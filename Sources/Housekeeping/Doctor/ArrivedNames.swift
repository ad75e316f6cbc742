import BillModel
import Drops
import RunConfiguration

/// The names of what lies where files arrive: those of files that wait, and those that no feed takes.
struct ArrivedNames {
  /// So many are named.
  private static let most = 5

  private var taken = 0
  private var untaken: [String] = []

  /// - Parameter feeds: those of the drop.
  init(_ names: [String], _ feeds: [FeedSettings]) {
    let names = names.filter { !DropName.isPassedOver($0) }
    let endings = Set(feeds.flatMap(\.completeness.companionEndings))
    for name in names.sorted() {
      if feeds.taking(name, { feeds[$0].groups(inDropped: $1) != nil }) != nil {
        taken += 1
      } else if UntakenName(name, endings: endings, among: Set(names)) != nil {
        untaken.append(name)
      }
    }
  }

  var waiting: String {
    taken == 0 ? "nothing waits" : taken == 1 ? "1 file waits" : "\(MoneyText.count(taken)) files wait"
  }

  func untakenFindings(in folder: String) -> [HealthFinding] {
    if untaken.isEmpty { return [] }
    let files = untaken.count == 1 ? "1 file" : "\(MoneyText.count(untaken.count)) files"
    let rest = untaken.count - Self.most
    return [
      HealthFinding(
        .drop, .warning,
        "No feed takes \(files) in \(folder): \(untaken.prefix(Self.most).joined(separator: ", "))"
          + (rest > 0 ? ", and \(MoneyText.count(rest)) more." : "."),
        cure: "Is it to be taken? Then mend its name, or the \"files\" of its feed.")
    ]
  }
}
