/// Metadata pairs in the order in which the file has them.
package struct Metadata: Hashable, Sendable {
  package struct Pair: Hashable, Sendable {
    package var key: String
    package var value: String
  }

  package private(set) var pairs: [Pair]

  package init(_ pairs: [(String, String)] = []) {
    self.pairs = pairs.map { Pair(key: $0.0, value: $0.1) }
  }

  package var isEmpty: Bool { pairs.isEmpty }

  package mutating func append(key: String, value: String) { pairs.append(Pair(key: key, value: value)) }

  package subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }

  /// Adds the pairs of another whose keys aren't here.
  package mutating func fill(from other: Metadata) {
    for pair in other.pairs where self[pair.key] == nil { pairs.append(pair) }
  }
}
