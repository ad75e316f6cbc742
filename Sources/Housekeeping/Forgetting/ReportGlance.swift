import BillModel
import DurableFiles
import FoundationEssentials

/// What has to be known of a report before it is forgotten.
struct ReportGlance {
  private struct Written: Decodable {
    var verdict: String
    var started_at: String
  }

  let verdict: Verdict
  /// RFC 3339, in UTC: such texts have the order of their times.
  let startedAt: String

  /// Whether the file waits for somebody: then its report says for what.
  var isOpen: Bool { verdict == .held || verdict == .stopped }

  /// - Parameter path: of a `summary.json`; `nil` for anything else.
  init?(path: String) {
    guard let file = try? SmallFile(path: path, mostBytes: 16 << 20),
      let written = try? JSONDecoder().decode(Written.self, from: Data(file.bytes)),
      let verdict = Verdict(rawValue: written.verdict)
    else { return nil }
    (self.verdict, startedAt) = (verdict, written.started_at)
  }
}
