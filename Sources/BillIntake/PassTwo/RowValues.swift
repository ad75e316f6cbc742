import BillLayouts

/// The values of a row's fields as bytes: the same for two rows, of one file or of two, that say the same by one layout, in
/// whatever order their columns stand.
struct RowValues: Sendable {
  private let columns: [(path: [UInt8], column: Int)]
  private let columnCount: Int

  init(_ plan: RowPlan) {
    columns = plan.columns.enumerated()
      .compactMap { column, plan in plan.path.map { (Array($0.description.utf8), column) } }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    columnCount = plan.columns.count
  }

  /// The paths and values of the fields that aren't empty, each with its length before it; of a row with other columns than
  /// its file, which has no fields, what stands in them.
  func bytes(_ cells: RowCells) -> [UInt8] {
    var bytes: [UInt8] = []
    guard cells.fields.count == columnCount else {
      for column in cells.fields.indices { Self.append(cells[column], to: &bytes) }
      return bytes
    }
    for (path, column) in columns where !cells[column].isEmpty {
      Self.append(path, to: &bytes)
      Self.append(cells[column], to: &bytes)
    }
    return bytes
  }

  private static func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(text.count)) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: text)
  }
}
