import Tabular

extension ColumnFinder {
  /// Where the kinds of records stand in this file.
  func kindPlan(_ records: RecordKinds) -> KindPlan {
    var kinds: [(value: [UInt8], kind: KindPlan.Kind)] = records.detail.map { ($0, .detail) }
    kinds += (records.header?.values ?? []).map { ($0, .header) }
    kinds += (records.parent?.values ?? []).map { ($0, .parent) }
    kinds += (records.trailer?.values ?? []).map { ($0, .trailer) }
    kinds += records.ignored.map { ($0, .ignored) }
    return KindPlan(
      column: column("kind", records.place), kinds: kinds, header: columns(records.header),
      parent: columns(records.parent), trailer: columns(records.trailer), hasHeader: records.header != nil,
      hasParent: records.parent != nil, hasTrailer: records.trailer != nil)
  }

  private func columns(_ kind: RecordKinds.Kind?) -> [KindPlan.Column] {
    (kind?.columns ?? []).map { column($0.name, $0.place) }
  }

  private func column(_ name: String, _ place: SourceColumn.Place) -> KindPlan.Column {
    switch place {
    case .number(let number): KindPlan.Column(name: name, field: number - 1, place: nil)
    case .fixed(let fixed):
      KindPlan.Column(name: name, field: fixedFields?.firstIndex(of: fixed.field) ?? 0, place: fixed)
    case .headings: KindPlan.Column(name: name, field: 0, place: nil)
    }
  }
}

extension FixedPlace {
  var field: FixedWidthField { FixedWidthField(start: start, length: length) }
}

extension FixedWidthDialect {
  /// How a layout's fixed-width records are cut: into the columns of all kinds of records.
  init(_ form: FixedWidthForm, _ mapping: Mapping, table: SingleByteTable?) {
    let kinds = [mapping.records?.header, mapping.records?.parent, mapping.records?.trailer].compactMap { $0 }
    var places = (mapping.columns + kinds.flatMap(\.columns)).map(\.place)
    if let place = mapping.records?.place { places.append(place) }
    var fields: [FixedWidthField] = []
    for case .fixed(let place) in places where !fields.contains(place.field) { fields.append(place.field) }
    // EBCDIC ends lines with NEL.
    let lineEnd: LineEnd = table.map { $0.isASCIICompatible } ?? true ? .text : .byte(0x15)
    let framing: Framing =
      switch (form.recordLength, form.hasLineEnds) {
      case (let length?, false): .blocks(length)
      case (_, true), (nil, false): .lines(lineEnd)
      }
    var lengths: ClosedRange<Int>?
    if case .lines = framing { lengths = form.recordLength.map { $0...$0 } }
    self.init(
      fields: fields, unit: form.unit == .bytes ? .bytes : .characters, content: table == nil ? .text : .raw,
      framing: framing, lengths: lengths)
  }
}
