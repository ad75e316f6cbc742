package import BillModel

/// In which order a feed's files go, and what is done where one breaks it.
package struct FeedOrder: Hashable, Sendable {
  /// What is done with a file that is out of order.
  package enum Policy: String, Hashable, Sendable {
    /// It waits until somebody approves it, or what it lacks comes.
    case hold
    /// It is taken, and told.
    case report
  }

  /// How a file stands to the last one that was done.
  package enum Place: Hashable, Sendable {
    case next
    /// Something is missing before it: what the first of that would be.
    case gap(missing: FeedKey)
    case repeated
    case older(than: FeedKey)
    /// Its date is so far ahead that it is hardly meant, and all that come before that day would be older.
    case ahead
  }

  package var gap: Policy
  package var repeated: Policy
  package var older: Policy
  /// The days on which a file is due, 1 for Monday to 7 for Sunday; a gap of dates is counted by them.
  package var days: Set<Int>

  package init(
    gap: Policy = .report, repeated: Policy = .hold, older: Policy = .hold, days: Set<Int> = Set(1...7)
  ) {
    self.gap = gap
    self.repeated = repeated
    self.older = older
    self.days = days
  }

  /// Days ahead of today, and of the last file done, after which a date is hardly meant.
  private static let mostAhead = 100

  /// The last date that is not far ahead of a day.
  package static func horizon(_ day: CivilDate) -> FeedKey? { day.adding(days: mostAhead).map { .date($0) } }

  /// Where a file stands. Keys of different kinds have no order: such a file is next.
  ///
  /// - Parameters:
  ///   - last: Of a file whose date is not far ahead, the last one of which that holds, too.
  ///   - today: `nil` where no date is too far ahead.
  package func place(of key: FeedKey, after last: FeedKey?, today: CivilDate? = nil) -> Place {
    if let today, isAhead(key, of: today, last) { return .ahead }
    guard let last else { return .next }
    switch (key, last) {
    case (.date, .date), (.sequence, .sequence): break
    default: return .next
    }
    if key == last { return .repeated }
    if key < last { return .older(than: last) }
    guard let expected = successor(of: last), key > expected else { return .next }
    return .gap(missing: expected)
  }

  /// What is to be done with a file in this place.
  package func policy(for place: Place) -> Policy {
    switch place {
    case .next: .report
    case .gap: gap
    case .repeated: repeated
    case .older, .ahead: older
    }
  }

  /// Of both: the files of a feed may be called by days to come, as those on which bills are due.
  private func isAhead(_ key: FeedKey, of today: CivilDate, _ last: FeedKey?) -> Bool {
    guard let horizon = Self.horizon(today), case .date = key, key > horizon else { return false }
    guard case .date(let last)? = last else { return true }
    return Self.horizon(last).map { key > $0 } ?? false
  }

  /// What is to be done with a file that may be in any place.
  package var strictest: Policy { [gap, repeated, older].contains(.hold) ? .hold : .report }

  private func successor(of key: FeedKey) -> FeedKey? {
    switch key {
    case .sequence(let number): return .sequence(number + 1)
    case .date(let date):
      guard !days.isEmpty else { return nil }
      return (1...7).lazy.compactMap { date.adding(days: $0) }.first { days.contains($0.weekday) }.map { .date($0) }
    }
  }
}
