/// A request that may have been carried out without our knowing, or may still be: when the last such one was sent, at
/// the latest.
package struct SendDoubt: Hashable, Sendable {
  /// By our wall clock.
  package var since: WallTime
  /// The same moment by the server's clock; `nil` where the server hadn't told the time.
  package var sinceByServer: WallTime?

  package init(since: WallTime, sinceByServer: WallTime? = nil) {
    self.since = since
    self.sinceByServer = sinceByServer
  }
}
