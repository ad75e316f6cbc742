import BillLayouts

/// The fields of a batch's records that their layout could not make. What stands in the place of one is the file's text, and
/// whoever reads a value from it would read another one.
struct UnmadeFields {
  private let faults: [MappingFault]
  private var next = 0

  /// - Parameter faults: What is wrong with the records by their layout, in their order.
  init(_ faults: [MappingFault]) { self.faults = faults }

  /// The columns of a record, by its place in the batch; records are asked about in their order.
  mutating func columns(of record: Int) -> [Int] { faults(of: record).compactMap(\.unmade) }

  /// Whether a record is of no kind that the layout knows; asked likewise.
  mutating func isOfNoKind(_ record: Int) -> Bool {
    faults(of: record).contains { if case .unknownKind = $0.kind { true } else { false } }
  }

  private mutating func faults(of record: Int) -> ArraySlice<MappingFault> {
    while next < faults.count, faults[next].record < record { next += 1 }
    return faults[next...].prefix { $0.record == record }
  }
}
