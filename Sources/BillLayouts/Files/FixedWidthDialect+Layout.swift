package import Tabular

extension FixedPlace {
  /// The place for the parser.
  package var field: FixedWidthField { FixedWidthField(start: start, length: length) }
}

extension FixedWidthDialect {
  /// How a layout's fixed-width records are cut: into the columns of all kinds of records.
  init(_ form: FixedWidthForm, _ mapping: Mapping, table: SingleByteTable?) {
    let kinds = [mapping.records?.header, mapping.records?.parent, mapping.records?.trailer].compactMap { $0 }
    var places = (mapping.columns + kinds.flatMap(\.columns)).map(\.place)
    if let place = mapping.records?.place { places.append(place) }
    var fields: [FixedWidthField] = []
    for case .fixed(let place) in places where !fields.contains(place.field) { fields.append(place.field) }
    let lineEnd: LineEnd = table.map { $0.isASCIICompatible } ?? true ? .text : .ebcdic
    let framing: Framing =
      switch (form.recordLength, form.hasLineEnds) {
      case _ where form.hasDescriptors: .described
      case (let length?, false): .blocks(length)
      // A packed number may hold the bytes of a line end.
      case (let length?, true) where places.contains { $0.isPacked }: .measured(length, lineEnd)
      case (_, true), (nil, false): .lines(lineEnd)
      }
    var lengths: ClosedRange<Int>?
    if form.hasDescriptors {
      lengths = form.recordLength.map { $0...$0 }
    } else if case .lines = framing {
      let extent = fields.reduce(1) { max($0, $1.start + $1.length - 1) }
      // Where no length is stated, a record in which another one has room has lost a line end.
      lengths = form.recordLength.map { $0...$0 } ?? 0...(2 * extent - 1)
    }
    self.init(
      fields: fields, unit: form.unit == .bytes ? .bytes : .characters, content: table == nil ? .text : .raw,
      framing: framing, lengths: lengths)
  }
}

extension SourceColumn.Place {
  fileprivate var isPacked: Bool { if case .fixed(let place) = self { place.kind == .packed } else { false } }
}
