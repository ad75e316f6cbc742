/// Decides when the next request may start. Its closures are called on the client's thread and must be quick.
package struct SendGate: Sendable {
  package enum Admission: Hashable, Sendable {
    /// The next request starts now, and counts as sent.
    case go
    /// Not before this moment, in nanoseconds of the monotonic clock. Asked again then, and whenever something
    /// else happens meanwhile.
    case wait(untilNs: UInt64)
  }

  /// Asked before each start, only when a request and a free slot are there. The argument is the monotonic clock.
  package var admit: @Sendable (_ nowNs: UInt64) -> Admission
  /// Told of each whole answer: status, header fields, when its request started, monotonic clock.
  package var observe: Observer
  /// Asked again where a connection had to be made first: whether the request may still leave.
  package var mayLeave: @Sendable () -> Bool

  /// See `observe`.
  package typealias Observer =
    @Sendable (_ status: Int, _ headers: HTTPHeaders, _ sentAtNs: UInt64, _ nowNs: UInt64) -> Void

  package init(
    admit: @escaping @Sendable (_ nowNs: UInt64) -> Admission,
    observe: @escaping Observer, mayLeave: @escaping @Sendable () -> Bool = { true }
  ) {
    self.admit = admit
    self.observe = observe
    self.mayLeave = mayLeave
  }
}
