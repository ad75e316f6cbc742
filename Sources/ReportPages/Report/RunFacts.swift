/// How a file was run: what a page tells at its end. What isn't known is left out.
package struct RunFacts: Sendable {
  package var version: String
  package var layoutName: String
  /// The first digits of the layout's digest.
  package var layoutDigest: String
  /// Where requests went.
  package var endpoint: String?
  /// Whether it was a test or a live key.
  package var mode: String?
  /// Requests a second: the ceiling that was stated.
  package var rate: Double?
  /// Requests a second at the end.
  package var lastRate: Double?
  package var burst: Int?
  package var inFlight: Int?
  package var ledger: String?
  /// The whole path of the file as it was read; `nil` for standard input.
  package var path: String?
  /// Whether the file came through a drop, as a mended one does.
  package var isOfDrop = false
  /// Whether the page was made later, of what the ledger holds.
  package var isRebuilt = false

  package init(version: String, layoutName: String, layoutDigest: String) {
    self.version = version
    self.layoutName = layoutName
    self.layoutDigest = layoutDigest
  }
}
