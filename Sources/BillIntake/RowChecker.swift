import BillModel
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
  private let checks: [FieldCheck]

  init(plan: RowPlan, fingerprints: Fingerprints) {
    self.plan = plan
    self.fingerprints = fingerprints
    fingerprinter = PartyFingerprinter(plan: plan, fingerprints: fingerprints)
    checks = plan.columns.enumerated().compactMap { FieldCheck($1, column: $0) }
  }

  /// Checks the data records among the first `count` of a batch. `results` is emptied first.
  func check(_ batch: borrowing RecordBatch, count: Int, into results: inout RowResults) {
    results.removeAll()
    var row = RowInCheck()
    var nextFault = 0
    for (index, record) in batch.records.prefix(count).enumerated() where record.number > 0 {
      while nextFault < batch.faults.count, batch.faults[nextFault].record < index { nextFault += 1 }
      row.begin(record)
      let cells = RowCells(batch, record)
      if nextFault < batch.faults.count, batch.faults[nextFault].record == index {
        noteTextFaults(batch, index, from: nextFault, &row, &results)
      }
      check(cells, &row, &results)
      results.facts.append(row.facts)
    }
  }

  private func check(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    if let reference = plan.reference, !cells[reference].isEmpty {
      row.facts.hasReference = true
      row.facts.reference = fingerprints.key(cells[reference])
    }
    guard cells.fields.count == plan.columns.count else {
      noteFieldCount(cells.fields.count, &row, &results)
      return
    }
    checkFields(cells, &row, &results)
    checkPresence(&row, &results)
    checkDates(cells, &row, &results)
    readMoney(cells, &row)
    if row.facts.isValid { fingerprinter.note(cells, in: &row.facts) }
  }

  private func checkFields(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for index in checks.indices {
      let column = checks[index].column
      let cell = cells[column]
      guard !cell.isEmpty else { continue }
      row.present.insert(checks[index].bit)
      guard !row.isUnreadable(column) else { continue }
      if let fault = checks[index].rules.check(cell) {
        row.markFaulty(column)
        add(
          FindingCode(fault, in: checks[index].attribute), .field(fault), column: column, value: cell, to: &row,
          &results)
      }
    }
    checkCurrencies(cells, &row, &results)
    checkMetadata(cells, &row, &results)
  }

  private func checkCurrencies(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for column in plan.currencies {
      let cell = cells[column]
      guard !cell.isEmpty, !row.isFaulty(column) else { continue }
      guard let code = CurrencyCode(cell), Currency.isActive(code) else {
        row.markFaulty(column)
        add(.currencyUnknown, .currencyUnknown, column: column, value: cell, to: &row, &results)
        continue
      }
      if !Currency.isSupported(code) {
        warn(.currencyUnsupported, .currencyUnsupported, column: column, value: cell, to: &row, &results)
      }
    }
  }

  private func checkMetadata(_ cells: RowCells, _ row: inout RowInCheck, _ results: inout RowResults) {
    for column in plan.metadata {
      let cell = cells[column]
      guard cell.count == 13, Masking.isIdentityNumber(cell) else { continue }
      warn(.metadataPersonal, .personalMetadata, column: column, value: cell, to: &row, &results)
    }
  }

  private func checkPresence(_ row: inout RowInCheck, _ results: inout RowResults) {
    let faults = plan.presence.check(row.present)
    guard !faults.isEmpty else { return }
    let present = plan.presence.columns.indices.filter { row.present.contains($0) }
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
    guard let billDate = plan.billDate, let dueDate = plan.dueDate else { return }
    let (bill, due) = (cells[billDate], cells[dueDate])
    guard bill.count == 10, due.count == 10, !row.isFaulty(billDate), !row.isFaulty(dueDate) else { return }
    // Dates of the form YYYY-MM-DD order like their bytes.
    guard due.lexicographicallyPrecedes(bill) else { return }
    add(.dateOrder, .dateOrder(billDate: Array(bill)), column: dueDate, value: due, to: &row, &results)
  }

  private func readMoney(_ cells: RowCells, _ row: inout RowInCheck) {
    guard let money = plan.money(cells) else { return }
    row.facts.hasMoney = true
    row.facts.amount = money.amount
    row.facts.currency = money.currency.packed
  }
}
