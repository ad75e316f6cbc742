/// How an event came. The raw value is how it is kept, and never changes its meaning.
package enum EventSource: Int64, Sendable {
  /// To the endpoint, its signature verified.
  case webhook = 0
  /// From a file; whoever imported it vouches for it.
  case imported = 1

  /// For people and programs.
  package var name: String {
    switch self {
    case .webhook: "webhook"
    case .imported: "import"
    }
  }
}
