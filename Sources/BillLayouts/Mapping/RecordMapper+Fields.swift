import BillModel
import Tabular

/// The fields of a bill's record.
extension RecordMapper {
  /// Writes a record's fields into the batch's room for them.
  ///
  /// - Parameters:
  ///   - raw: The record's fields before they are cut.
  ///   - row: Its place among the records that were cut together; `nil` where it is none of them.
  /// - Returns: How many there are.
  mutating func makeFields(
    _ raw: UnsafeBufferPointer<FieldSpan>, cutAs row: Int?, _ batch: inout RecordBatch, at place: Int
  ) -> Int {
    if let row, let cutting { return makeFields(of: cutting, row, &batch, at: place) }
    if let count = plan.fieldCount, raw.count != count {
      fault(.fieldCount(raw.count), at: place)
      return 0
    }
    let fields = batch.fieldRoom
    let sources = fields + targets.count
    let count = plan.cuttings.isEmpty ? raw.count : plan.sources.count
    if plan.cuttings.isEmpty {
      if let first = raw.baseAddress { sources.update(from: first, count: raw.count) }
    } else if !cutPlainly(raw, into: sources, &batch) {
      cut(raw, into: sources, &batch)
    }
    let cells = UnsafeBufferPointer(start: UnsafePointer(sources), count: count)
    makeTargets(cells, into: fields, &batch, at: place)
    return targets.count + count
  }

  /// The same of a record that was cut with others.
  private mutating func makeFields(
    of cutting: ColumnCutting, _ row: Int, _ batch: inout RecordBatch, at place: Int
  ) -> Int {
    let cells = cutting.cells(of: row)
    let fields = batch.fieldRoom
    // They were cut into their place.
    assert(cells.baseAddress.map { $0 == fields + targets.count } ?? true)
    if isPlain, cutting.unspoilt >> UInt64(row) & 1 == 1 {
      for index in 0..<targets.count {
        if case .column(let column) = targets[index].way {
          fields[index] = cells[Int(column)]
        } else {
          fields[index] = constants[index]
        }
      }
    } else {
      if !badCells.isEmpty { badCells.removeAll(keepingCapacity: true) }
      makeTargets(cells, into: fields, &batch, at: place)
    }
    return targets.count + cells.count
  }

  mutating func fault(_ kind: MappingFault.Kind, at place: Int, target: Int? = nil) {
    faults.append(MappingFault(record: place, target: target, kind: kind))
  }

  // MARK: Columns

  /// Cuts the columns; `false` where one of them isn't plain.
  private mutating func cutPlainly(
    _ raw: UnsafeBufferPointer<FieldSpan>, into sources: UnsafeMutablePointer<FieldSpan>, _ batch: inout RecordBatch
  ) -> Bool {
    if !badCells.isEmpty { badCells.removeAll(keepingCapacity: true) }
    guard cuttings.count > 0 else { return false }
    var room = ByteRoom(batch)
    for index in 0..<cuttings.count {
      guard let span = cuttings[index].span(raw, decoder, &room) else { return false }
      sources[index] = span
    }
    batch.keepValues(upTo: room.end)
    return true
  }

  private mutating func cut(
    _ raw: UnsafeBufferPointer<FieldSpan>, into sources: UnsafeMutablePointer<FieldSpan>, _ batch: inout RecordBatch
  ) {
    for (index, (source, cutting)) in zip(plan.sources, plan.cuttings).enumerated() {
      guard source < raw.count else {
        sources[index] = FieldSpan(start: 0, end: 0)
        continue
      }
      guard let cutting else {
        sources[index] = raw[source]
        continue
      }
      if let span = cut(raw[source], cutting, &batch) {
        sources[index] = span
      } else {
        badCells.append((index, fault(raw[source], cutting, batch)))
        sources[index] = shown(raw[source], cutting, &batch)
      }
    }
  }

  // MARK: Targets

  private mutating func makeTargets(
    _ cells: UnsafeBufferPointer<FieldSpan>, into fields: UnsafeMutablePointer<FieldSpan>, _ batch: inout RecordBatch,
    at place: Int
  ) {
    var room = ByteRoom(batch)
    var values = ByteCells(base: batch.base, cells: cells, header: header.view, parent: parent.view)
    for index in 0..<targets.count {
      if badCells.isEmpty, let span = plainly(index, &values, fields, &room) {
        fields[index] = span
        continue
      }
      batch.keepValues(upTo: room.end)
      fields[index] = field(index, cells, fields, &batch, at: place)
      room = ByteRoom(batch)
      values.base = batch.base
    }
    batch.keepValues(upTo: room.end)
  }

  /// Makes a field; `nil` where it isn't plain.
  @inline(__always)
  private mutating func plainly(
    _ index: Int, _ values: inout ByteCells, _ fields: UnsafeMutablePointer<FieldSpan>, _ room: inout ByteRoom
  ) -> FieldSpan? {
    let target = targets[index]
    for identifier in target.identifiers.indices
    where !ByteTarget.isUnspoilt(values.value(values.cells, identifiers[identifier])) { return nil }
    switch target.way {
    case .column(let column): return Int(column) < values.cells.count ? values.cells[Int(column)] : nil
    case .constant: return constants[index]
    case .program:
      values.exponent = target.currency >= 0 ? decimals(values.value(fields, target.currency)) : nil
      return programs.span(index, values, &room)
    }
  }

  /// Makes one field whatever it is, those before it being made.
  private mutating func field(
    _ index: Int, _ cells: UnsafeBufferPointer<FieldSpan>, _ fields: UnsafeMutablePointer<FieldSpan>,
    _ batch: inout RecordBatch, at place: Int
  ) -> FieldSpan {
    let target = plan.targets[index]
    if target.program.constant != nil { return constants[index] }
    if let bad = badCells.first(where: { target.program.columns.contains($0.column) }) {
      fault(.conversion(bad.fault), at: place, target: index)
      return cells[bad.column]
    }
    let first = target.columns.first.map { $0 < cells.count ? cells[$0] : FieldSpan(start: 0, end: 0) }
    if target.isIdentifier, look(at: target, cells, batch, place: place, index) {
      return first ?? FieldSpan(start: 0, end: 0)
    }
    if target.program.plainColumn != nil, let first { return first }
    let values = ByteCells(base: batch.base, cells: cells, header: header.view, parent: parent.view)
    let exponent = target.currency.flatMap { decimals(values.value(UnsafePointer(fields), Int32($0))) }
    if let fault = evaluate(target.program, cells, batch, exponent) {
      self.fault(.conversion(fault), at: place, target: index)
      // The value as it came stands in the field's place: nothing else is said about it.
      return first ?? FieldSpan(start: 0, end: 0)
    }
    return evaluator.text.bytes.withUnsafeBufferPointer { batch.add(value: $0) }
  }

  private func evaluate(
    _ program: ValueProgram, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: borrowing RecordBatch, _ exponent: Int?
  ) -> ConversionFault? {
    evaluator.evaluate(
      program, .init(base: batch.base, spans: cells, header: state.header ?? [], parent: state.parent ?? []),
      exponent: exponent)
  }

  /// Decimals of a currency by its code; `nil` where that is none.
  @inline(__always)
  private mutating func decimals(_ currency: ByteValue) -> Int? {
    guard currency.count == 3 else { return nil }
    let code = UInt32(currency[0]) << 16 | UInt32(currency[1]) << 8 | UInt32(currency[2])
    if code != lastCurrency.code {
      lastCurrency = (code, CurrencyCode(currency.bytes).flatMap { Currency.exponent(of: $0) })
    }
    return lastCurrency.exponent
  }

  /// Looks at what an identifier comes from for what spreadsheets do; `true` where the value is lost by it.
  private mutating func look(
    at target: MappingPlan.Target, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: borrowing RecordBatch, place: Int,
    _ index: Int
  ) -> Bool {
    for column in target.columns where column < cells.count {
      let text = batch.bytes(of: cells[column])
      guard let start = text.baseAddress, !ByteTarget.isUnspoilt(ByteValue(start: start, count: text.count)),
        let kind = SpreadsheetDamage.ofIdentifier(Array(text))
      else { continue }
      fault(.conversion(ConversionFault(kind)), at: place, target: index)
      if kind != .rounded { return true }
    }
    return false
  }
}
