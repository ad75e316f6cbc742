/// How the endpoint listens and what it bears.
package struct EventsOptions: Sendable {
  /// TCP port; 0 takes a free one.
  package var port: UInt16
  /// Listens on every interface instead of the loopback one alone.
  package var allInterfaces = false
  /// The path that events are posted to.
  package var path = "/"
  /// Most requests a second, 1 or more: a second's worth may come at once. Those beyond are answered with 429 unread.
  package var rate: Double = 2000
  /// Most events that wait to be written; those beyond are answered with 429.
  package var mostWaiting = 4096
  /// Most connections at once.
  package var connectionLimit: UInt32 = 1024

  package init(port: UInt16) { self.port = port }
}
