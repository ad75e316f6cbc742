package import BillModel

/// Where a submission stands, for people.
package struct SubmitProgress: Hashable, Sendable {
  /// Records of the file, and how many of them our rules rejected.
  package var total = 0
  package var rejected = 0
  /// Requests a second that may be sent now.
  package var limit = 0.0
  /// Record up to which the file was read, from 1.
  package var record: Int
  /// Rows that other runs have settled: earlier ones, or those of processes that send the file too; `nil` where that is
  /// no part of what is done.
  package var elsewhere: Int?
  /// Rows settled in this run, by outcome.
  package var outcomes: [RowOutcome: Int]
  package var requests: RequestCounts
  /// GETs asked for rows.
  package var questions = 0
  /// Rows that are sent, or about to be, and not settled yet.
  package var active: Int
  /// Requests that have left and aren't answered; `nil` where that isn't known.
  package var unanswered: Int?
  /// Rows that wait for a party, or for room.
  package var waiting: Int
  /// Seconds until something is tried again, where the API's last word was that requests are too many; else `nil`.
  package var throttledFor: Int?
  /// Seconds until the next request, where rows only wait for the end of their pauses; else `nil`.
  package var waitsFor: Int?
  /// Seconds until this process's next turn of a limit that others share, where that is long; else `nil`.
  package var turnIn: Int?
  /// How much the latest time in the ledger is ahead of the clock that requests go by, in milliseconds, where that is worth
  /// a word.
  package var ledgerAhead: Int64?
  /// How much the API's clock is ahead of ours, in milliseconds, where that is worth a word.
  package var clockSkew: Int64?

  /// Unknown rows that were looked at.
  package var looked = 0

  /// Requests that were under way when it was told to end; `nil` before.
  package var stopping: Int?

  package init(
    record: Int = 0, outcomes: [RowOutcome: Int] = [:], requests: RequestCounts = RequestCounts(), active: Int = 0,
    waiting: Int = 0
  ) {
    self.record = record
    self.outcomes = outcomes
    self.requests = requests
    self.active = active
    self.waiting = waiting
  }

  /// Rows settled in this run, or looked at.
  package var settled: Int { outcomes.values.reduce(0, +) + looked }

  /// Rows whose answer is awaited.
  package var underWay: Int { min(active, unanswered ?? active) }

  /// Rows that wait: for a party, for room, or for their turn to be sent.
  package var notUnderWay: Int { waiting + active - underWay }

  /// Rows of the file that are through: those of other runs and the rejected ones too.
  package var done: Int {
    guard let elsewhere else { return max(0, record - active - waiting) }
    return min(total, rejected + elsewhere + settled)
  }

  /// What is said where the next turn is long in coming.
  package static func turnWords(_ seconds: Int) -> String {
    "nothing goes for \(seconds) s: then this process has its next turn in the schedule of all that use the ledger. That "
      + "comes of a low rate, here or of another process, of a pause that the API asked another one for, or of one that died"
  }

  /// What is said where the ledger has a time that is to come.
  package static func ledgerWords(_ milliseconds: Int64) -> String {
    "the ledger has a time that is \(milliseconds / 1000) s ahead of the clock here: a clock was ahead when it was written, "
      + "or this one is behind. Until that time is past no idempotency key is relied on, and rows in doubt are looked up "
      + "instead"
  }

  /// What is said when it begins to stop.
  package static func stoppingWords(_ underWay: Int) -> String {
    "stopping: \(underWay) \(underWay == 1 ? "request" : "requests") under way, whose answers are waited for"
  }
}
