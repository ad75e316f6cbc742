import BillModel
package import Tabular

/// Gives the records of batches the fields that their layout says: first the bill's, in the order of the row plan, then
/// the file's own. Records that are no bills are taken out.
///
/// Everything behind it reads mapped records like those of a file whose headings are field paths. The bytes of a value
/// that nothing is done to stay where they are; others are kept behind the batch's own.
package struct RecordMapper {
  package let plan: MappingPlan
  /// What is wrong with the records of the batch mapped last, in their order.
  package private(set) var faults: [MappingFault] = []
  /// What is wrong with kinds of records, in the order of the file.
  package private(set) var problems: [KindProblem] = []
  package private(set) var state = MappingState()
  /// From which bill of the batch on which state held: the one before the batch first, then each that differs.
  package private(set) var states: [(from: Int, state: MappingState)] = []

  private let evaluator: ValueEvaluator
  /// By target and by source, those that need next to nothing done; no sources where one of them needs more.
  private let plainTargets: [PlainTarget]
  private let plainCuttings: [PlainCutting]
  private var cells: [FieldSpan] = []
  /// The record's fields before they are cut.
  private var raw: [FieldSpan] = []
  private var fields: [FieldSpan] = []
  private var constants: [FieldSpan?] = []
  private var places: [Int] = []
  /// The columns of the record whose bytes are not what the layout says.
  private var badCells: [Int] = []
  /// Whether that is so in a record that is no bill.
  private var isDamaged = false

  /// - Parameter state: That before the first record to map.
  package init(plan: MappingPlan, codes: KeyedCodes, state: MappingState = MappingState()) {
    self.plan = plan
    self.state = state
    evaluator = ValueEvaluator(codes: codes)
    plainTargets = plan.targets.map { PlainTarget($0) }
    plainCuttings = PlainCutting.all(plan)
  }

  /// Maps the records of a batch that was just parsed.
  package mutating func map(_ batch: inout RecordBatch) {
    faults.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    states.append((state.nextNumber, state))
    constants = plan.targets.map { target in
      target.program.constant.map { value in value.withUnsafeBufferPointer { batch.add(value: $0) } }
    }
    places.removeAll(keepingCapacity: true)
    var kept = 0
    for index in 0..<batch.records.count {
      let record = batch.records[index]
      if record.number == 0 {
        places.append(kept)
        kept += 1
        continue
      }
      cells.removeAll(keepingCapacity: true)
      cells.append(contentsOf: batch.fields(of: record))
      let stays = isBill(record, index, &batch, at: kept)
      places.append(stays ? kept : -1)
      guard stays else { continue }
      fields.withUnsafeBufferPointer {
        batch.rewrite(
          record: index, to: kept, number: plan.numbersItself ? state.nextNumber : record.number, fields: $0)
      }
      state.nextNumber += 1
      kept += 1
    }
    batch.keep(records: kept, places: places)
  }

  /// The state in which a bill of the batch mapped last was read, by its number.
  package func state(of number: Int) -> MappingState {
    states.last { $0.from <= number }?.state ?? MappingState()
  }

  /// Whether the input may end here.
  package mutating func finish() {
    guard let kinds = plan.kinds else { return }
    if kinds.hasHeader, state.header == nil { problems.append(.headerMissing) }
    if kinds.hasTrailer, state.trailer == nil { problems.append(.trailerMissing) }
  }

  // MARK: Kinds

  /// Whether a record is a bill, whose fields are then made; notes what any other is for.
  private mutating func isBill(
    _ record: RecordSpan, _ index: Int, _ batch: inout RecordBatch, at place: Int
  ) -> Bool {
    fields.removeAll(keepingCapacity: true)
    if cells.isEmpty { return true }
    isDamaged = false
    if let heading = plan.repeatedHeading, isSame(heading, batch) { return false }
    guard let kinds = plan.kinds else {
      makeFields(&batch, at: place)
      return true
    }
    switch kind(kinds, &batch) {
    case .detail:
      checkOrder(record, kinds)
      if kinds.hasParent, state.parent == nil { fault(.noParent, at: place) }
      makeFields(&batch, at: place)
      return true
    case .unknown:
      fault(.unknownKind, at: place)
      return true
    case .header:
      if state.header != nil || state.nextNumber > 1 || state.parent != nil || state.trailer != nil {
        problems.append(.headerLate(line: record.line))
      }
      state.header = values(kinds.header, &batch)
      state.headerPlace = batch.extent(of: record)
    case .parent:
      checkOrder(record, kinds)
      state.parent = values(kinds.parent, &batch)
      state.parentPlace = batch.extent(of: record)
    case .trailer:
      if state.trailer != nil { problems.append(.trailerTwice(line: record.line)) }
      state.trailer = values(kinds.trailer, &batch)
      state.trailerPlace = batch.extent(of: record)
    case .ignored:
      isDamaged = false
      return false
    }
    if isDamaged || batch.faults.contains(where: { $0.record == index }) {
      problems.append(.damaged(line: record.line))
    }
    isDamaged = false
    states.append((state.nextNumber, state))
    return false
  }

  private mutating func checkOrder(_ record: RecordSpan, _ kinds: KindPlan) {
    // Told once: all that follows a trailer is out of place.
    guard state.trailer != nil, !problems.contains(where: { if case .afterTrailer = $0 { true } else { false } }) else {
      return
    }
    problems.append(.afterTrailer(line: record.line))
  }

  private mutating func kind(_ kinds: KindPlan, _ batch: inout RecordBatch) -> KindPlan.Kind {
    let span = cut(kinds.column, &batch)
    return kinds.kind(of: batch.bytes(of: span))
  }

  private mutating func values(_ columns: [KindPlan.Column], _ batch: inout RecordBatch) -> [[UInt8]] {
    columns.map { column in
      let span = cut(column, &batch)
      return Array(batch.bytes(of: span))
    }
  }

  private mutating func cut(_ column: KindPlan.Column, _ batch: inout RecordBatch) -> FieldSpan {
    guard column.field < cells.count else { return FieldSpan(start: 0, end: 0) }
    guard let place = column.place else { return cells[column.field] }
    if let span = cut(cells[column.field], place, &batch) { return span }
    isDamaged = true
    return hexadecimal(cells[column.field], &batch)
  }

  private func isSame(_ heading: [[UInt8]], _ batch: borrowing RecordBatch) -> Bool {
    heading.count == cells.count && zip(heading, cells).allSatisfy { batch.bytes(of: $1).elementsEqual($0) }
  }

  private mutating func fault(_ kind: MappingFault.Kind, at place: Int, target: Int? = nil) {
    faults.append(MappingFault(record: place, target: target, kind: kind))
  }

  // MARK: Fields

  private mutating func makeFields(_ batch: inout RecordBatch, at place: Int) {
    if let count = plan.fieldCount, cells.count != count {
      fault(.fieldCount(cells.count), at: place)
      return
    }
    if !plan.cuttings.isEmpty { cutSources(&batch) }
    for index in plainTargets.indices {
      if badCells.isEmpty, let span = plainSpan(index, batch.base) {
        fields.append(span)
      } else {
        fields.append(field(index, &batch, at: place))
      }
    }
    fields.append(contentsOf: cells)
  }

  @inline(__always)
  private func plainSpan(_ index: Int, _ base: UnsafePointer<UInt8>) -> FieldSpan? {
    cells.withUnsafeBufferPointer { plainTargets[index].span($0, base) }
  }

  /// Puts the named columns in the place of the record's fields.
  private mutating func cutSources(_ batch: inout RecordBatch) {
    if !badCells.isEmpty { badCells.removeAll(keepingCapacity: true) }
    swap(&raw, &cells)
    cells.removeAll(keepingCapacity: true)
    if !plainCuttings.isEmpty {
      raw.withUnsafeBufferPointer { raw in
        for cutting in plainCuttings { cells.append(cutting.span(raw, batch.base)) }
      }
      return
    }
    for (source, cutting) in zip(plan.sources, plan.cuttings) {
      guard source < raw.count else {
        cells.append(FieldSpan(start: 0, end: 0))
        continue
      }
      guard let cutting else {
        cells.append(raw[source])
        continue
      }
      if let span = cut(raw[source], cutting, &batch) {
        cells.append(span)
      } else {
        badCells.append(cells.count)
        cells.append(hexadecimal(raw[source], &batch))
      }
    }
  }

  private mutating func field(_ index: Int, _ batch: inout RecordBatch, at place: Int) -> FieldSpan {
    let target = plan.targets[index]
    if let constant = constants[index] { return constant }
    if !badCells.isEmpty, let bad = target.program.columns.first(where: { badCells.contains($0) }) {
      fault(.conversion(ConversionFault(.binary)), at: place, target: index)
      return cells[bad]
    }
    if target.isIdentifier, look(at: target, batch, place: place, index) { return cells[target.columns[0]] }
    if let column = target.program.plainColumn {
      return cells[column]
    }
    let exponent = target.currency.flatMap { decimals(batch.bytes(of: fields[$0])) }
    let fault = evaluate(target.program, batch, exponent)
    if let fault {
      self.fault(.conversion(fault), at: place, target: index)
      // The value as it came stands in the field's place: nothing else is said about it.
      return target.program.columns.first.map { cells[$0] } ?? FieldSpan(start: 0, end: 0)
    }
    return evaluator.text.bytes.withUnsafeBufferPointer { batch.add(value: $0) }
  }

  private func evaluate(
    _ program: ValueProgram, _ batch: borrowing RecordBatch, _ exponent: Int?
  ) -> ConversionFault? {
    let base = batch.base
    return cells.withUnsafeBufferPointer { spans in
      evaluator.evaluate(
        program, .init(base: base, spans: spans, header: state.header ?? [], parent: state.parent ?? []),
        exponent: exponent)
    }
  }

  private func decimals(_ currency: UnsafeBufferPointer<UInt8>) -> Int? {
    CurrencyCode(currency).flatMap { Currency.exponent(of: $0) }
  }

  /// Looks at what an identifier comes from for what spreadsheets do; `true` where the value is lost by it.
  private mutating func look(
    at target: MappingPlan.Target, _ batch: borrowing RecordBatch, place: Int, _ index: Int
  ) -> Bool {
    for column in target.columns {
      let text = batch.bytes(of: cells[column])
      guard let first = text.first, first == UInt8(ascii: "#") || first >= 48 && first <= 57 && text.count > 4,
        // The letter or the length that any damage shows by.
        first == UInt8(ascii: "#") || text.count > 15 || text.contains(UInt8(ascii: "+")),
        let kind = SpreadsheetDamage.ofIdentifier(Array(text))
      else { continue }
      fault(.conversion(ConversionFault(kind)), at: place, target: index)
      if kind != .rounded { return true }
    }
    return false
  }
}
