import BillModel

/// What a run may send of a day's budget: requests that the ledger counts already. Counted are some more than go out, so that
/// not each one costs a commit: those that a kill makes lost.
struct DayRation {
  let date: CivilDate
  /// Counted, and not handed to the client; less than 0: how many may go out uncounted, since others had the day first.
  private(set) var left = 0
  /// What of the day nobody has counted yet, as far as is known.
  private(set) var uncounted = Int.max
  /// Handed to the client, less what came back without having been admitted, and what was admitted before this day.
  private var handed: Int
  private let admittedBefore: Int

  /// - Parameters:
  ///   - unsent: Requests that the client has at the beginning of the day, and hasn't let go yet.
  ///   - admitted: How many requests the client has let go until now.
  init(date: CivilDate, unsent: Int = 0, admitted: Int) {
    (self.date, handed, admittedBefore) = (date, unsent, admitted)
  }

  /// How many are counted at once: what goes out in a quarter of a second, and of a small budget few.
  static func portion(rate: Double, daily: Int) -> Int {
    max(1, Int(min(rate / 4, Double(max(16, daily / 1000)))))
  }

  /// Nothing of the day is left.
  var isSpent: Bool { left <= 0 && uncounted <= 0 }

  /// How many requests the client has, and hasn't let go yet.
  func unsent(admitted: Int) -> Int { max(0, handed - (admitted - admittedBefore)) }

  /// How many requests to count now, so that the client has enough to do; 0: none.
  func wanted(_ portion: Int, admitted: Int) -> Int {
    let ahead = left + unsent(admitted: admitted)
    return uncounted > 0 && ahead < portion ? 2 * portion - ahead : 0
  }

  /// Requests that may go out today, and that the day didn't grant: more than it has, until as many come back.
  mutating func owe(_ requests: Int) { left -= requests }

  mutating func take(_ granted: Int, uncounted: Int) {
    left += granted
    self.uncounted = uncounted
  }

  /// A request goes to the client.
  mutating func use() {
    left -= 1
    handed += 1
  }

  /// Requests that certainly didn't go out. `wereAdmitted`: the client had let them go.
  mutating func comeBack(_ requests: Int, wereAdmitted: Bool) {
    left += requests
    if !wereAdmitted { handed -= requests }
  }

  /// Takes out all that is left.
  mutating func empty() -> Int {
    defer { left = 0 }
    return max(0, left)
  }
}
