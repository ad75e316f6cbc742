import BillModel
import Transport

/// When the end of a request came that a run is taking in, which it may have been busy for a while.
struct Arrival {
  /// When the request was sent, in nanoseconds of the clock that never jumps; of one that never was, now.
  let sentAt: UInt64
  /// By when its answer had come, in nanoseconds of the clock that goes on while the machine sleeps.
  let answeredBy: UInt64
  /// How long that was ago, in milliseconds.
  let age: Int64

  init(_ completion: Completion, now: Moment) {
    sentAt = completion.sentAt > 0 ? min(completion.sentAt, now.monotonic) : now.monotonic
    answeredBy = completion.answeredBy > 0 ? min(completion.answeredBy, now.boot) : now.boot
    age = Int64((now.boot - answeredBy) / 1_000_000)
  }
}
