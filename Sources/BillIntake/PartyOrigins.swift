import BillModel

/// Which row describes a party for the rows that describe it otherwise: 12 bytes for each of those. And which rows fill
/// what that one leaves empty.
struct PartyOrigins: Sendable {
  struct Entry: Sendable {
    var record: UInt32
    var first: UInt32
    var kind: PartyKind
  }

  /// By record, once finished.
  private(set) var entries: [Entry] = []
  private var fillings: [PartyKind: [UInt32: [UInt32]]] = [:]

  mutating func note(_ kind: PartyKind, of record: UInt32, first: UInt32) {
    entries.append(Entry(record: record, first: first, kind: kind))
  }

  /// Rows that fill what the first one leaves empty, each what those before it left.
  mutating func note(_ kind: PartyKind, first: UInt32, filledBy records: [UInt32]) {
    fillings[kind, default: [:]][first] = records
  }

  /// The rows that fill what the first one of a party leaves empty.
  func fillings(_ kind: PartyKind, of first: UInt32) -> [UInt32] { fillings[kind]?[first] ?? [] }

  mutating func finish() {
    entries.sort { ($0.record, $0.kind == .account ? 0 : 1) < ($1.record, $1.kind == .account ? 0 : 1) }
    // One that stood before what filled its party may have been noted for itself too.
    var last: Entry?
    entries.removeAll { entry in
      defer { last = entry }
      return last?.record == entry.record && last?.kind == entry.kind
    }
  }

  /// The entries of a record.
  func entries(of record: UInt32) -> ArraySlice<Entry> {
    guard !entries.isEmpty else { return [] }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].record < record { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < entries.count, entries[end].record == record { end += 1 }
    return entries[low..<end]
  }
}
