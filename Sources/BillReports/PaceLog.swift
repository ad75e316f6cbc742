/// How fast a submission went over its time, in bounded memory: at most 120 spans of equal width, which doubles when
/// they are full.
package struct PaceLog: Hashable, Sendable {
  /// What happened in one span of time.
  package struct Span: Hashable, Sendable {
    /// Rows that were settled.
    package var settled = 0
    /// Answers, the 429s among them.
    package var answers = 0
    package var throttled = 0
    /// Requests that ended without an answer.
    package var failed = 0
    /// Whether sending paused in it because the API asked for that.
    package var isPaused = false
    /// Requests a second that were allowed at its end; 0 where nobody noted it.
    package var limit = 0.0
    package var latencies = LatencyCounts()

    mutating func add(_ later: Self) {
      settled += later.settled
      answers += later.answers
      throttled += later.throttled
      failed += later.failed
      isPaused = isPaused || later.isPaused
      if later.limit > 0 { limit = later.limit }
      latencies.add(later.latencies)
    }
  }

  private static let most = 120

  /// In order, from the beginning on.
  package private(set) var spans: [Span] = []
  /// Nanoseconds of a span.
  package private(set) var width: UInt64 = 250_000_000
  private let beginning: UInt64

  /// Begins at a moment of the monotonic clock, in nanoseconds.
  package init(at beginning: UInt64) { self.beginning = beginning }

  /// An answer, or the lack of one, after so many nanoseconds.
  package mutating func ended(at moment: UInt64, took nanoseconds: UInt64, isThrottled: Bool, isAnswered: Bool) {
    let index = index(at: moment)
    guard isAnswered else { return spans[index].failed += 1 }
    spans[index].answers += 1
    if isThrottled { spans[index].throttled += 1 }
    spans[index].latencies.add(nanoseconds)
  }

  /// A row is settled.
  package mutating func settled(at moment: UInt64) { spans[index(at: moment)].settled += 1 }

  /// What holds at a moment.
  package mutating func note(at moment: UInt64, limit: Double, isPaused: Bool) {
    let index = index(at: moment)
    spans[index].limit = limit
    if isPaused { spans[index].isPaused = true }
  }

  /// Seconds of a span.
  package var seconds: Double { Double(width) / 1e9 }

  private mutating func index(at moment: UInt64) -> Int {
    let elapsed = moment > beginning ? moment - beginning : 0
    while elapsed / width >= UInt64(Self.most) { widen() }
    let index = Int(elapsed / width)
    while spans.count <= index { spans.append(Span()) }
    return index
  }

  private mutating func widen() {
    var merged: [Span] = []
    for index in stride(from: 0, to: spans.count, by: 2) {
      var span = spans[index]
      if index + 1 < spans.count { span.add(spans[index + 1]) }
      merged.append(span)
    }
    spans = merged
    width *= 2
  }
}
