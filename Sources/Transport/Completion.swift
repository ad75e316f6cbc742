/// How a submitted request ended. Each request has exactly one.
package struct Completion: Sendable {
  /// The request's `id`.
  package var id: UInt64
  package var result: Result<HTTPResponse, TransferFailure>
  /// When the transfer was handed to libcurl, in nanoseconds of the monotonic clock; 0 for one that never was.
  package var sentAt: UInt64
  /// Nanoseconds from `sentAt` until the connection was ready and the request about to go out; 0 on none.
  package var preTransfer: UInt64
  /// When it ended, in nanoseconds of the monotonic clock.
  package var finishedAt: UInt64
  /// By when its answer had come, on the clock that goes on while the machine sleeps; 0 where that isn't known. Of one that
  /// was read late, since process or machine had stood still, no later than its time allowed.
  package var answeredBy: UInt64

  package init(
    id: UInt64, result: Result<HTTPResponse, TransferFailure>, sentAt: UInt64 = 0, preTransfer: UInt64 = 0,
    finishedAt: UInt64, answeredBy: UInt64 = 0
  ) {
    self.id = id
    self.result = result
    self.sentAt = sentAt
    self.preTransfer = preTransfer
    self.finishedAt = finishedAt
    self.answeredBy = answeredBy
  }
}
