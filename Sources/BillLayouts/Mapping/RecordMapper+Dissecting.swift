package import Tabular

/// A record as it stands, before anything is made of it: for people who look at a layout.
extension RecordMapper {
  /// A column of a record.
  package struct Column: Sendable {
    package let name: String
    /// `nil` in a CSV.
    package let place: FixedPlace?
    /// The text in the batch: without padding, digits where it was a number; the bytes in hexadecimal where it is not
    /// what the layout says, and a text as far as it goes where the record ends within it.
    package let span: FieldSpan
    package let isReadable: Bool
  }

  /// Which kind a record is, and its columns; those of a record that no kind has, and of an ignored one, are none.
  ///
  /// - Parameters:
  ///   - batch: Parsed, and not mapped yet. Pointers into it hold no longer after this.
  ///   - names: What the columns of a bill's record are called.
  package func dissect(
    _ record: RecordSpan, _ batch: inout RecordBatch, names: [String]
  ) -> (kind: KindPlan.Kind, columns: [Column]) {
    let cells = Array(batch.fields(of: record))
    if let heading = plan.repeatedHeading, heading.count == cells.count,
      zip(heading, cells).allSatisfy({ batch.bytes(of: $1).elementsEqual($0) })
    {
      return (.ignored, [])
    }
    guard let kinds = plan.kinds else { return (.detail, details(cells, names, &batch)) }
    let kind = kinds.kind(of: batch.bytes(of: column(kinds.column, cells, &batch).span))
    switch kind {
    case .detail: return (kind, details(cells, names, &batch))
    case .header: return (kind, kinds.header.map { column($0, cells, &batch) })
    case .parent: return (kind, kinds.parent.map { column($0, cells, &batch) })
    case .trailer: return (kind, kinds.trailer.map { column($0, cells, &batch) })
    case .ignored, .unknown: return (kind, [])
    }
  }

  private func details(_ cells: [FieldSpan], _ names: [String], _ batch: inout RecordBatch) -> [Column] {
    plan.sources.indices.map { index in
      let column = KindPlan.Column(
        name: index < names.count ? names[index] : "column \(index + 1)", field: plan.sources[index],
        place: plan.cuttings.isEmpty ? nil : plan.cuttings[index])
      return self.column(column, cells, &batch)
    }
  }

  private func column(_ column: KindPlan.Column, _ cells: [FieldSpan], _ batch: inout RecordBatch) -> Column {
    var span = column.field < cells.count ? cells[column.field] : FieldSpan(start: 0, end: 0)
    var isReadable = true
    if let place = column.place, column.field < cells.count {
      let value = cut(span, place, &batch)
      isReadable = value != nil
      span = value ?? shown(span, place, &batch)
    }
    return Column(name: column.name, place: column.place, span: span, isReadable: isReadable)
  }
}
