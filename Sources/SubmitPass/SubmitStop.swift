package import BillModel
package import MomentAPI

/// Why a file run's submission ended.
package enum SubmitStop: Hashable, Sendable {
  /// Every row that could be sent was; some may be unknown, or wait for such a one.
  case finished
  /// It was told to.
  case interrupted
  /// The API doesn't accept the key: 401, 403.
  case unauthorised(Problem)
  /// There is no such call at the endpoint: a creation was answered 404.
  case noSuchPath(origin: String, Problem)
  /// The API gave no useful answer for too long; what it said, or what failed, last.
  case unreachable(String)
  /// Before any answer: the API's certificate isn't trusted; libcurl's words. Nothing was sent.
  case untrusted(String)
  /// The API asks for a longer pause than a run sits out, in milliseconds.
  case pausedTooLong(Int64)
  /// The API has answered nothing but 429 for so many minutes.
  case throttledTooLong(minutes: Int)
  /// The file is no longer what was checked, before this byte of it.
  case fileChanged(byteOffset: Int64)
  /// More rows of the file are refused than was said to be too many.
  case tooManyRefused(refused: Int, most: Int)
  /// So many rows in a row were refused for the same kind of problem, which is named.
  case refusedInARow(Int, kind: String)
  /// It is a quiet hour, until a time of the day that is told.
  case quietHours(until: String)
  /// The world isn't what the plan says: at which record, and what is different.
  case strayed(record: Int, reference: String, String)
  /// A row of the canary isn't at the API as it was sent: which one, and what is different.
  case canaryDiffers(record: Int, reference: String, String)
  /// The canary's rows are as they were sent, and the others wait for the approval of the file with this digest.
  case canaryWaits(rows: Int, digest: String)
  /// So many requests are what a day may have, by the days of a zone; the next one is told.
  case dayIsSpent(Int, until: CivilDate, zone: String)
  /// Objects of so many rows are to be read back, with a request each at least, and a day may have fewer. None was read.
  case dayIsTooSmall(Int, rows: Int)
}

extension SubmitStop {
  /// The budget of a day is used.
  package static func spent(_ day: CivilDate, _ times: TimeLimits) -> Self {
    .dayIsSpent(times.daily ?? 0, until: day.adding(days: 1) ?? day, zone: times.zone)
  }
}
