/// Hours of the day in which nothing is sent: `22:00-23:00`, or several with commas between; one may pass midnight.
package struct QuietHours: Hashable, Sendable {
  /// Minutes of the day, the end not among them; an end at or before its start is on the next day.
  private struct Span: Hashable {
    var start: Int
    var end: Int
  }

  private let spans: [Span]

  /// `nil` where the text is not that, or a span is empty.
  package init?(_ text: String) {
    self.init(text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }

  /// Reads each of several spans, as a configuration has them: `["22:00-23:00"]`. `nil` where one is no span, or is
  /// empty; no span at all is no quiet hour.
  package init?(_ texts: [String]) {
    var spans: [Span] = []
    for text in texts {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minute($0.drop { $0 == " " }) }
      guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1440, start != end else { return nil }
      spans.append(Span(start: start, end: end))
    }
    self.spans = spans
  }

  /// Where a minute of the day (0 to 1439) is quiet, the minute at which that ends.
  package func end(at minute: Int) -> Int? {
    spans.first { span in
      span.start < span.end
        ? (span.start..<span.end).contains(minute) : minute >= span.start || minute < span.end
    }?.end
  }

  /// A minute of the day as `hh:mm`.
  package static func text(_ minute: Int) -> String {
    [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }

  /// `hh:mm`, up to 24:00.
  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy { ("0"..."9").contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }
}
