package import Tabular

extension KindPlan {
  /// Where the kinds of records stand in a file.
  ///
  /// - Parameter fixedFields: The fields that fixed-width records are cut into, in their order; `nil` for a CSV.
  package init(_ records: RecordKinds, fixedFields: [FixedWidthField]?) {
    var kinds: [(value: [UInt8], kind: Kind)] = records.detail.map { ($0, .detail) }
    kinds += (records.header?.values ?? []).map { ($0, .header) }
    kinds += (records.parent?.values ?? []).map { ($0, .parent) }
    kinds += (records.trailer?.values ?? []).map { ($0, .trailer) }
    kinds += records.ignored.map { ($0, .ignored) }
    func columns(_ kind: RecordKinds.Kind?) -> [Column] {
      (kind?.columns ?? []).map { Column($0.name, $0.place, fixedFields) }
    }
    self.init(
      column: Column("kind", records.place, fixedFields), kinds: kinds, header: columns(records.header),
      parent: columns(records.parent), trailer: columns(records.trailer), hasHeader: records.header != nil,
      hasParent: records.parent != nil, hasTrailer: records.trailer != nil)
  }
}

extension KindPlan.Column {
  fileprivate init(_ name: String, _ place: SourceColumn.Place, _ fixedFields: [FixedWidthField]?) {
    switch place {
    case .number(let number): self.init(name: name, field: number - 1, place: nil)
    case .fixed(let fixed): self.init(name: name, field: fixedFields?.firstIndex(of: fixed.field) ?? 0, place: fixed)
    case .headings: self.init(name: name, field: 0, place: nil)
    }
  }
}
