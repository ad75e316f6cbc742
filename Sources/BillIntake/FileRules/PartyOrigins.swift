import BillModel

/// Which row describes a party for the rows that describe it otherwise: 12 bytes for each of those. And which rows fill
/// what that one leaves empty: 24 bytes for each of these.
struct PartyOrigins: Sendable {
  struct Entry: Sendable {
    var record: UInt32
    var first: UInt32
    var kind: PartyKind
  }

  /// A row that fills what the first one of its party leaves empty.
  struct Filling: Sendable {
    var first: UInt32
    var record: UInt32
    /// Of all its cells, by `RowCells.digest()`: what stands there when the row is read again must be the same.
    var content: Int
    var kind: PartyKind

    fileprivate var place: (UInt32, Int, UInt32) { (first, kind.rank, record) }
  }

  /// By record, once finished.
  private(set) var entries: [Entry] = []
  /// By first rows, kinds and records, once finished.
  private var fillings: [Filling] = []

  mutating func note(_ kind: PartyKind, of record: UInt32, first: UInt32) {
    entries.append(Entry(record: record, first: first, kind: kind))
  }

  mutating func note(_ filling: Filling) { fillings.append(filling) }

  /// The rows that fill what the first one of a party leaves empty, each what those before it left.
  func fillings(_ kind: PartyKind, of first: UInt32) -> ArraySlice<Filling> {
    Self.stretch(of: fillings, at: (first, kind.rank)) { ($0.first, $0.kind.rank) }
  }

  mutating func finish() {
    fillings.sort { $0.place < $1.place }
    entries.sort { ($0.record, $0.kind.rank) < ($1.record, $1.kind.rank) }
    // One that stood before what filled its party may have been noted for itself too.
    var last: Entry?
    entries.removeAll { entry in
      defer { last = entry }
      return last?.record == entry.record && last?.kind == entry.kind
    }
  }

  /// The entries of a record.
  func entries(of record: UInt32) -> ArraySlice<Entry> { Self.stretch(of: entries, at: (record, 0)) { ($0.record, 0) } }

  /// The elements at a place, of some that are sorted by theirs.
  private static func stretch<Element>(
    of elements: [Element], at wanted: (UInt32, Int), _ place: (Element) -> (UInt32, Int)
  ) -> ArraySlice<Element> {
    guard !elements.isEmpty else { return [] }
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if place(elements[middle]) < wanted { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < elements.count, place(elements[end]) == wanted { end += 1 }
    return elements[low..<end]
  }
}

extension PartyKind {
  /// An account is described before its customer.
  fileprivate var rank: Int { self == .account ? 0 : 1 }
}
