import BillLayouts
import BillModel
import CScan
import SchemaRules
import Tabular

/// The rules of a row: a pure function over a batch of records, so that batches can be checked on several threads.
///
/// A row that keeps the rules costs no allocation and no `String`: cells are judged on their bytes, which cells hold a
/// value on a word of bits, and words are found for a fault only when somebody reads it.
struct RowChecker: Sendable {
  let plan: RowPlan
  let fingerprints: Fingerprints
  private let fingerprinter: PartyFingerprinter
  private let rules: RowRules
  private let screen: RowScreen
  /// For rows of each operation, in a file of several.
  private let variants: [RowChecker]
  /// Whether the file has the columns of reasons that rejected.csv has.
  let hasReasons: Bool
  /// Keeps references of one operation apart from those of another.
  private let salt: UInt64

  init(plan: RowPlan, fingerprints: Fingerprints, salt: UInt64 = 0) {
    self.salt = salt
    variants = plan.variants.enumerated().map { place, variant in
      RowChecker(plan: variant, fingerprints: fingerprints, salt: UInt64(place + 1) &* 0x9e37_79b9_7f4a_7c15)
    }
    self.plan = plan
    self.fingerprints = fingerprints
    fingerprinter = PartyFingerprinter(plan: plan, fingerprints: fingerprints)
    hasReasons = plan.keptColumns < plan.fileColumns
    rules = RowRules(plan)
    screen = RowScreen(plan, rules)
  }

  /// Checks the data records among the first `count` of a batch. `results` is emptied first.
  ///
  /// - Parameters:
  ///   - mapping: What is wrong with them by their layout, in their order.
  ///   - relay: What is digested meanwhile, where nobody else goes on with it.
  func check(
    _ batch: borrowing RecordBatch, count: Int, mapping: [MappingFault] = [],
    digesting relay: DigestRelay? = nil, into results: inout RowResults
  ) {
    results.removeAll()
    var row = RowInCheck()
    var known = KnownFaults(mapping: mapping)
    var notes = RowScreen.Notes(screen)
    let room = FactRoom()
    var index = 0
    while index < count {
      let rows = notes.knowsPresence && !hasReasons ? alike(batch, from: index, count: count) : 0
      guard rows > 0 else {
        checkOne(batch, index, &known, &row, &results)
        screen.learn(faultless: row.faultless, &notes)
        index += 1
        continue
      }
      let digest = relay?.take()
      let first = self.rows(batch, from: index, count: rows, digest)
      var clean = screen.clean(first, &notes)
      clean &= ~known.rows(in: index..<index + rows, batch)
      let named = clean == 0 ? 0 : noteParties(first, of: clean, batch, index, room, results.facts)
      if digest != nil { relay?.giveBack() }
      screen.tally(clean, notes, &results.money)
      var place = 0
      while place < rows {
        let run = min(rows - place, (~clean >> UInt64(place)).trailingZeroBitCount)
        noteReferences(place..<place + run, of: named, room, &results)
        place += run
        guard place < rows else { break }
        checkOne(batch, index + place, &known, &row, &results)
        place += 1
      }
      screen.learn(faultless: row.faultless, &notes)
      index += rows
    }
  }

  /// How many data records from `index` on have one field for each column, side by side; at most as many as are
  /// looked at together.
  private func alike(_ batch: borrowing RecordBatch, from index: Int, count: Int) -> Int {
    let records = batch.records
    let columns = UInt32(plan.columns.count)
    let end = min(count, index + RowScreen.mostRows)
    var field = records[index].firstField
    var place = index
    while place < end, records[place].number > 0, records[place].fieldCount == columns,
      records[place].firstField == field
    {
      field &+= columns
      place += 1
    }
    return place - index
  }

  /// Rows that have a field for each column side by side, by the first of them.
  private func rows(
    _ batch: borrowing RecordBatch, from index: Int, count: Int, _ digest: UnsafeMutablePointer<cscan_digest>?
  ) -> cscan_column {
    let spans = batch.fields.baseAddress! + Int(batch.records[index].firstField)
    return cscan_column(
      base: batch.base, spans: UnsafeRawPointer(spans).assumingMemoryBound(to: cscan_span.self),
      stride: plan.columns.count, rows: count, digest: digest)
  }

  /// Notes the parties of those of the rows that keep their rules, and finds the fingerprints of references; which rows
  /// have one, by bits.
  private func noteParties(
    _ rows: cscan_column, of clean: UInt64, _ batch: borrowing RecordBatch, _ index: Int,
    _ room: borrowing FactRoom,
    _ facts: FactLists
  ) -> UInt64 {
    if !fingerprinter.note(rows, of: clean, room, facts) {
      for row in 0..<rows.rows where clean >> UInt64(row) & 1 == 1 {
        var parties = RowFacts()
        fingerprinter.note(RowCells(batch, batch.records[index + row]), in: &parties)
        facts.append(parties, row: row)
      }
    }
    return plan.unique.map { fingerprints.texts(rows, $0, room.references) } ?? 0
  }

  /// Notes the references of rows that keep their rules, by their places among those that were looked at together.
  ///
  /// - Parameter named: The rows that have one.
  private func noteReferences(
    _ rows: Range<Int>, of named: UInt64, _ room: borrowing FactRoom, _ results: inout RowResults
  ) {
    let first = UInt32(truncatingIfNeeded: results.rows &- rows.lowerBound)
    results.facts.references.append(atMost: rows.count) { places in
      var count = 0
      for row in rows {
        places[count] = FactLists.Reference(
          key: fingerprints.key(room.references[row]), row: first &+ UInt32(truncatingIfNeeded: row)
        )
        count &+= Int(named >> UInt64(row) & 1)
      }
      return count
    }
    results.rows += rows.count
  }

  private func checkOne(
    _ batch: borrowing RecordBatch, _ index: Int, _ known: inout KnownFaults, _ row: inout RowInCheck,
    _ results: inout RowResults
  ) {
    let record = batch.records[index]
    guard record.number > 0 else { return }
    row.begin(record)
    let cells = RowCells(batch, record)
    if let first = known.text(of: index, batch) { noteTextFaults(batch, index, from: first, &row, &results) }
    let firstDraft = results.drafts.count
    if known.nextMapping < known.mapping.count {
      noteMapping(known.mapping, from: &known.nextMapping, index, cells, &row, &results)
    }
    check(cells, &row, &results)
    if results.drafts.count > firstDraft {
      addSources(cells, to: &results, from: firstDraft)
      noteEnding(batch.rawBytes(of: record), &results, from: firstDraft)
    }
    if row.money == nil, plan.hasAmount(cells) { results.money.countUnread() }
    results.append(row)
  }

  private func check(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    if let chooser = plan.chooser { return checkChosen(chooser, cells, &row, &results) }
    if let reference = plan.unique, !cells[reference].isEmpty {
      row.facts.hasReference = true
      row.facts.reference = fingerprints.key(cells[reference]) ^ salt
    }
    let count = ownFields(cells)
    guard count == plan.columns.count else { return noteFieldCount(count, &row, &results) }
    checkFields(cells, &row, &results)
    checkPresence(&row, &results)
    checkDates(cells, &row, &results)
    checkPaid(cells, &row, &results)
    checkRouting(cells, &row, &results)
    readMoney(cells, &row)
    // In a file of several operations a party's own row and a bill that only names it are no two descriptions of it.
    let describes = salt == 0 || plan.operation == .bill
    if row.facts.isValid, describes { fingerprinter.note(cells, in: &row.facts) }
  }

  /// A row that says itself what it asks for is checked by the rules of that.
  private func checkChosen(
    _ chooser: Int, _ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults
  ) {
    let count = ownFields(cells)
    guard count == plan.columns.count else { return noteFieldCount(count, &row, &results) }
    guard let place = plan.variant(cells) else {
      guard !row.isUnreadable(chooser) else { return }
      return add(.operationUnknown, .operationUnknown, column: chooser, value: cells[chooser], to: &row, &results)
    }
    let first = results.drafts.count
    row.faultless = .zero
    variants[place].check(cells, &row, &results)
    // What it learnt of columns holds for rows of this operation alone.
    row.faultless = .zero
    for index in first..<results.drafts.count { results.drafts[index].variant = UInt8(place + 1) }
  }

  private func checkFields(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for check in rules.checks.view {
      let column = Int(check.column)
      let cell = cells[column]
      guard !cell.isEmpty else { continue }
      row.present |= check.present
      guard !row.isUnreadable(column) else { continue }
      if let fault = rules.fields.check(Int(check.rules), cell) {
        row.markFaulty(column)
        let code = plan.columns[column].path.map { FindingCode(fault, in: $0.attribute) } ?? .fieldRule
        add(code, cause(fault, column, cells), column: column, value: cell, to: &row, &results)
      }
    }
    checkCurrencies(cells, &row, &results)
    checkMetadata(cells, &row, &results)
  }

  /// What is behind a field's fault: how an amount would be right depends on the decimals of its currency.
  private func cause(_ fault: FieldFault, _ column: Int, _ cells: RowCells) -> FindingCause {
    guard column == plan.amount, case .integer(let why) = fault, let currency = plan.currency,
      let decimals = CurrencyCode(cells[currency]).flatMap({ Currency.exponent(of: $0) }), decimals != 2
    else { return .field(fault) }
    return .amountForm(why, decimals: decimals)
  }

  private func checkCurrencies(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for column in rules.currencies.view {
      let column = Int(column)
      let cell = cells[column]
      guard !cell.isEmpty, !row.isFaulty(column) else { continue }
      let code = CurrencyCode(cell)
      if let code, rules.isSupported(code) {
        if column == plan.currency { row.currency = code }
        continue
      }
      guard let code, Currency.isActive(code) else {
        row.markFaulty(column)
        add(.currencyUnknown, .currencyUnknown, column: column, value: cell, to: &row, &results)
        continue
      }
      if !plan.rules.currencies.isEmpty, !plan.rules.currencies.contains(code) {
        add(.currencyNotAllowed, .currencyNotAllowed, column: column, value: cell, to: &row, &results)
      } else {
        warn(.currencyUnsupported, .currencyUnsupported, column: column, value: cell, to: &row, &results)
      }
    }
  }

  private func checkMetadata(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for column in rules.metadata.view {
      let column = Int(column)
      let cell = cells[column]
      guard cell.count == 13, Masking.isIdentityNumber(cell) else { continue }
      warn(.metadataPersonal, .personalMetadata, column: column, value: cell, to: &row, &results)
    }
  }

  private func checkPresence(_ row: inout RowInCheck, _ results: inout RowResults) {
    // What a parent fills isn't missing by itself where the parent is.
    if row.lacksParent { row.present |= rules.parental }
    // Most rows hold the same columns as the one before.
    guard row.present != row.faultless || row.present == .zero else { return }
    let columns = ColumnSet(words: row.present)
    let faults = plan.presence.check(columns)
    guard !faults.isEmpty else {
      row.faultless = row.present
      return
    }
    let present = plan.presence.columns.indices.filter { columns.contains($0) }
    for (index, fault) in faults.enumerated() {
      let path = fault.memberPath
      let column = path.flatMap { path in plan.columns.firstIndex { $0.path?.description == path } }
      row.facts.isValid = false
      results.drafts.append(
        FindingDraft(
          code: FindingCode(fault), record: row.record, line: row.line, column: column,
          cause: .presence(columns: present, fault: index)))
    }
  }

  private func checkDates(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    checkToday(cells, &row, &results)
    guard let billDate = plan.billDate, let dueDate = plan.dueDate else { return }
    let (bill, due) = (cells[billDate], cells[dueDate])
    guard bill.count == DateOrder.length, due.count == DateOrder.length, !row.isFaulty(billDate), !row.isFaulty(dueDate)
    else { return }
    guard DateOrder.precedes(due, bill) else { return checkDistance(bill, due, dueDate, &row, &results) }
    add(.dateOrder, .dateOrder(billDate: Array(bill)), column: dueDate, value: due, to: &row, &results)
  }

  /// A bill without a date gets that of the day on which it is sent.
  private func checkToday(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    guard let today = plan.today, let dueDate = plan.dueDate, plan.billDate.map({ cells[$0].isEmpty }) ?? true else {
      return
    }
    let due = cells[dueDate]
    guard due.count == DateOrder.length, !row.isFaulty(dueDate), plan.routing(cells) == nil,
      today.withUnsafeBufferPointer({ DateOrder.precedes(due, $0) })
    else { return }
    warn(.dateOrder, .dueBeforeToday(today: today), column: dueDate, value: due, to: &row, &results)
  }

  /// No more was paid of a bill than is due.
  private func checkPaid(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    guard let paid = plan.amountPaid, let due = plan.amount, !row.isFaulty(paid), !row.isFaulty(due),
      let sum = RowPlan.integer(cells[paid]), let whole = RowPlan.integer(cells[due]), sum > max(whole, 0)
    else { return }
    add(
      .amountPaidOverDue, .paidOverDue(due: Array(cells[due])), column: paid, value: cells[paid], to: &row, &results)
  }

  /// What goes to a balance names whose it is by a reference.
  private func checkRouting(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    guard !plan.partyIDs.isEmpty, let due = plan.amount, !row.isFaulty(due), let amount = RowPlan.integer(cells[due]),
      amount < 0
    else { return }
    for column in plan.partyIDs where !cells[column].isEmpty && !row.isFaulty(column) {
      add(.amountPartyByID, .partyByID, column: column, value: cells[column], to: &row, &results)
    }
  }

  private func readMoney(_ cells: RowCells, _ row: inout RowInCheck) {
    row.money = plan.money(cells, currency: row.currency, unmade: row.unmade)
  }
}
