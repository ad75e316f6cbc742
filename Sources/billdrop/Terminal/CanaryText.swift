import BillModel
import BillReports

/// A canary's rows for people, a text each.
struct CanaryText {
  let canary: Canary

  /// How many rows are shown, those that differ first.
  private static let most = 5

  var entries: [(title: String, text: String)] {
    let rows = canary.rows.filter { !$0.isAsSent } + canary.rows.filter(\.isAsSent)
    var texts = rows.prefix(Self.most).map(text)
    if rows.count > Self.most { texts.append("and \(rows.count - Self.most) more: summary.json has them all") }
    return texts.enumerated().map { ($0.offset == 0 ? "canary" : "", $0.element) }
  }

  private func text(_ row: Canary.Row) -> String {
    let name = "record \(row.record), \(Masking.oneLine(row.reference))"
    if let difference = row.difference { return "✗ \(name): \(Masking.oneLine(difference))" }
    let isPlain = row.fields.count > 1
    let fields = row.fields.filter { $0.name != "external_reference" && !(isPlain && $0.name == "status") }
    let list = fields.map { "\($0.name) \(Masking.oneLine($0.found ?? ""))" }.joined(separator: ", ")
    return "✓ \(name): \(list)"
  }
}
