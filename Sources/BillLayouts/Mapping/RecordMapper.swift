import BillModel
package import Tabular

/// Gives the records of batches the fields that their layout says: first the bill's, in the order of the row plan, then
/// the file's own. Records that are no bills are taken out.
///
/// Everything behind it reads mapped records like those of a file whose headings are field paths. The bytes of a value
/// that nothing is done to stay where they are; others are kept behind the batch's own. A record of plain values costs no
/// allocation: `ByteCutting` and `BytePrograms` make them, and what those give nothing for goes the long way round.
package struct RecordMapper {
  package let plan: MappingPlan
  /// What is wrong with the records of the batch mapped last, in their order.
  package internal(set) var faults: [MappingFault] = []
  /// What is wrong with kinds of records, in the order of the file.
  package internal(set) var problems: [KindProblem] = []
  /// The first record of the batch mapped last that has such a problem: how many bills stand before it in the batch, and how
  /// many problems there are up to it; `nil` where none has.
  package internal(set) var firstProblem: (bills: Int, problems: Int)?
  package internal(set) var state = MappingState()
  /// From which bill of the batch on which state held: the one before the batch first, then each that differs.
  package internal(set) var states: [(from: Int, state: MappingState)] = []

  let evaluator: ValueEvaluator
  let decoder: SingleByteDecoder?
  let programs: BytePrograms
  let targets: FixedBytes<ByteTarget>
  /// The columns of targets that identify something.
  let identifiers: FixedBytes<Int32>
  /// By source; none where one of them needs more.
  let cuttings: FixedBytes<ByteCutting>
  /// Cuts many records at once; `nil` where the records have to be looked at one by one.
  let cutting: ColumnCutting?
  /// Whether each target is a column as it is, or the same in all records.
  let isPlain: Bool
  let kinds: KindTable?
  let kindCutting: ByteCutting?
  /// By target, where the batch has the value that is the same in all records.
  var constants: [FieldSpan] = []
  /// Where the batch has the values of the header and of the parent above.
  var header = FixedBytes<FieldSpan>([])
  var parent = FixedBytes<FieldSpan>([])
  private var places: [Int] = []
  /// The columns of the record that could not be cut, and why.
  var badCells: [(column: Int, fault: ConversionFault)] = []
  /// Whether that is so in a record that is no bill.
  var isDamaged = false
  /// The currency that was asked about last, and its decimals.
  var lastCurrency: (code: UInt32, exponent: Int?) = (0, nil)

  /// - Parameter state: That before the first record to map.
  package init(plan: MappingPlan, codes: KeyedCodes, state: MappingState = MappingState()) {
    self.plan = plan
    self.state = state
    evaluator = ValueEvaluator(codes: codes)
    decoder = plan.table.map { SingleByteDecoder($0) }
    programs = BytePrograms(plan.targets.map(\.program))
    let ways = ByteTarget.all(plan.targets)
    targets = FixedBytes(ways.targets)
    identifiers = FixedBytes(ways.columns)
    cuttings = FixedBytes(ByteCutting.all(plan))
    let isAlike = plan.kinds == nil && plan.repeatedHeading == nil && plan.fieldCount == nil
    cutting = isAlike ? ColumnCutting(cuttings, identifiers: identifiers) : nil
    isPlain = ways.targets.allSatisfy(\.isPlain)
    kinds = plan.kinds.map { KindTable($0) }
    kindCutting = plan.kinds.flatMap { ByteCutting($0.column.field, $0.column.place, plan.table) }
  }

  /// Goes on at another place of the file.
  ///
  /// - Parameter state: That before the first record there.
  package mutating func goOn(from state: MappingState) { self.state = state }

  /// The same by another plan of the same layout: what was said of the records so far is kept.
  package func goingOn(by plan: MappingPlan) -> RecordMapper {
    var mapper = RecordMapper(plan: plan, codes: evaluator.codes, state: state)
    mapper.problems = problems
    return mapper
  }

  /// Maps the records of a batch that was just parsed.
  ///
  /// - Parameter turns: What is digested meanwhile. The batch's bytes may move between two turns.
  package mutating func map(_ batch: inout RecordBatch, digesting turns: DigestTurns? = nil) {
    faults.removeAll(keepingCapacity: true)
    firstProblem = nil
    states.removeAll(keepingCapacity: true)
    states.append((state.nextNumber, state))
    constants = plan.targets.map { Self.add($0.program.constant ?? [], to: &batch) }
    noteHeader(&batch)
    noteParent(&batch)
    places.removeAll(keepingCapacity: true)
    let isAlike = plan.kinds == nil && plan.repeatedHeading == nil
    var kept = 0
    var cut = 0..<0
    for index in 0..<batch.records.count {
      let record = batch.records[index]
      if record.number == 0 {
        places.append(kept)
        kept += 1
        continue
      }
      batch.makeRoom(bytes: Self.usualRoom, fields: targets.count + max(plan.sources.count, Int(record.fieldCount)))
      if let cutting, !cut.contains(index) {
        cut = index..<index + Self.cut(&batch, cutting, from: index, behind: targets.count, turns)
      }
      let cells = batch.fields(of: record)
      let told = problems.count
      let standing = isAlike && !cells.isEmpty ? .bill : standing(of: record, index, cells, &batch, at: kept)
      if problems.count > told, firstProblem == nil { firstProblem = (kept, problems.count) }
      places.append(standing == .apart ? -1 : kept)
      guard standing != .apart else { continue }
      let row = cut.contains(index) ? index - cut.lowerBound : nil
      let count = standing == .bill ? makeFields(cells, cutAs: row, &batch, at: kept) : 0
      batch.rewrite(
        record: index, to: kept, number: plan.numbersItself ? state.nextNumber : record.number, fieldCount: count)
      state.nextNumber += 1
      kept += 1
    }
    batch.keep(records: kept, places: places)
  }

  /// Cuts records into the places that their columns will have in the room for fields, each record's behind its targets;
  /// how many.
  private static func cut(
    _ batch: inout RecordBatch, _ cutting: ColumnCutting, from index: Int, behind targets: Int, _ turns: DigestTurns?
  ) -> Int {
    let fields = targets + cutting.count
    // As much as any of them asks for by itself: what was cut doesn't move.
    let most = fields + Int(batch.records[index].fieldCount)
    batch.makeRoom(bytes: 0, fields: ColumnCutting.mostRecords * fields + most)
    let digest = turns?.take(batch.base)
    let count = cutting.cut(batch, from: index, into: batch.fieldRoom + targets, stride: fields, digest)
    if digest != nil { turns?.giveBack() }
    return count
  }

  /// Bytes that the values of most records take beyond the file's; those of others find room by themselves.
  private static let usualRoom = 4096

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

  static func add(_ value: [UInt8], to batch: inout RecordBatch) -> FieldSpan {
    value.withUnsafeBufferPointer { batch.add(value: $0) }
  }

  /// Keeps the header's values with the batch.
  mutating func noteHeader(_ batch: inout RecordBatch) {
    header = FixedBytes((state.header ?? []).map { Self.add($0, to: &batch) })
  }

  /// Keeps the values of the parent above with the batch.
  mutating func noteParent(_ batch: inout RecordBatch) {
    parent = FixedBytes((state.parent ?? []).map { Self.add($0, to: &batch) })
  }
}
