/// The rules again, as plainly as they can be said, over a table in memory. Shares no code with the intake.
struct Oracle {
  let headings: [String]
  let rows: [[String]]
  let keepsFirst: Bool

  /// `record code column` of every finding, sorted.
  private(set) var findings: [String] = []
  private(set) var rejected: Set<Int> = []
  /// For each row that stands, the values of its account's and customer's attributes as they are sent.
  private(set) var sent: [Int: [String: String]] = [:]

  init(_ table: RandomTable, keepsFirst: Bool) {
    headings = table.headings
    rows = table.rows
    self.keepsFirst = keepsFirst
    for index in rows.indices { checkRow(index) }
    checkDuplicates()
    checkAccounts()
    checkAttributes()
    findings.sort()
  }

  private func cell(_ row: Int, _ heading: String) -> String {
    guard let column = headings.firstIndex(of: heading), column < rows[row].count else { return "" }
    return rows[row][column]
  }

  private mutating func add(_ row: Int, _ code: String, _ column: String? = nil, rejects: Bool = true) {
    findings.append("\(row + 1) \(code)" + (column.map { " \($0)" } ?? ""))
    if rejects { rejected.insert(row) }
  }

  private mutating func checkRow(_ row: Int) {
    guard rows[row].count == headings.count else {
      add(row, rows[row].count < headings.count ? "record.too-few-fields" : "record.too-many-fields")
      return
    }
    for heading in headings where !cell(row, heading).isEmpty { checkCell(row, heading, cell(row, heading)) }
    checkPresence(row)
    let (bill, due) = (cell(row, "bill_date"), cell(row, "due_date"))
    if [bill, due].allSatisfy({ $0.hasPrefix("2026-") && !$0.hasSuffix("30") }), due < bill {
      add(row, "date.order", "due_date")
    }
  }

  private mutating func checkCell(_ row: Int, _ heading: String, _ value: String) {
    switch heading {
    case "external_reference", "account.external_reference", "customer.external_reference",
      "account.customer.external_reference":
      if value.hasPrefix("bill_") { add(row, "reference.reserved", heading) }
      if value.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }) {
        add(row, "reference.pattern", heading)
      }
    case "currency", "account.currency":
      if !["ZAR", "USD", "EUR", "JPY"].contains(value) { add(row, "currency.unknown", heading) }
      if ["EUR", "JPY"].contains(value) { add(row, "currency.unsupported", heading, rejects: false) }
    case "amount_due":
      if ["1.50", "007", "x"].contains(value) {
        add(row, "amount.format", heading)
      } else if ["0", "-5", "100000000"].contains(value) {
        add(row, "amount.range", heading)
      }
    case "account.balance": if value == "ten" { add(row, "balance.format", heading) }
    case "bill_date", "due_date":
      if value.contains("/") { add(row, "date.format", heading) }
      if ["2026-02-30", "2025-13-01"].contains(value) { add(row, "date.impossible", heading) }
    case "account.customer.phone", "customer.phone": if value.hasPrefix("0") { add(row, "phone.format", heading) }
    case "metadata.period": if value.count == 13 { add(row, "metadata.personal", heading, rejects: false) }
    default: break
    }
  }

  private mutating func checkPresence(_ row: Int) {
    if cell(row, "external_reference").isEmpty { add(row, "reference.required", "external_reference") }
    if cell(row, "currency").isEmpty { add(row, "currency.required", "currency") }
    if cell(row, "amount_due").isEmpty { add(row, "amount.required", "amount_due") }
    let customer = headings.contains { $0.hasPrefix("customer.") && !cell(row, $0).isEmpty }
    let account = headings.contains { $0.hasPrefix("account.") && !cell(row, $0).isEmpty }
    let customerID = !cell(row, "customer").isEmpty
    let accountID = !cell(row, "account").isEmpty
    if customer || customerID, account || accountID { add(row, "party.both") }
    if !customer, !customerID, !account, !accountID { add(row, "party.missing") }
    if customer, customerID { add(row, "party.both", "customer") }
    if account, accountID { add(row, "party.both", "account") }
    if customer, cell(row, "customer.external_reference").isEmpty {
      add(row, "reference.required", "customer.external_reference")
    }
    guard account else { return }
    if cell(row, "account.external_reference").isEmpty {
      add(row, "reference.required", "account.external_reference")
    }
    if cell(row, "account.customer.external_reference").isEmpty {
      add(row, "party.customer-missing", "account.customer.external_reference")
    }
    if !cell(row, "account.balance").isEmpty, cell(row, "account.currency").isEmpty {
      add(row, "balance.currency", "account.currency")
    }
  }

  private mutating func checkDuplicates() {
    let used = rows.indices.filter { !cell($0, "external_reference").isEmpty }
    for (_, group) in Dictionary(grouping: used, by: { cell($0, "external_reference") }) where group.count > 1 {
      let differs = group.contains { rows[$0] != rows[group[0]] }
      for row in group {
        if differs, !keepsFirst {
          add(row, "file.duplicate-reference", "external_reference")
        } else if row != group[0] {
          let code = rows[row] == rows[group[0]] ? "file.duplicate-row" : "file.duplicate-reference"
          add(row, code, "external_reference")
        }
      }
    }
  }

  private var standing: [Int] { rows.indices.filter { !rejected.contains($0) } }

  private mutating func checkAccounts() {
    let column = "account.customer.external_reference"
    let used = standing.filter { !cell($0, "account.external_reference").isEmpty }
    for (_, group) in Dictionary(grouping: used, by: { cell($0, "account.external_reference") }) {
      let first = cell(group[0], column)
      guard group.contains(where: { cell($0, column) != first }) else { continue }
      for row in group where !keepsFirst || cell(row, column) != first { add(row, "file.account-customers", column) }
    }
  }

  private mutating func checkAttributes() {
    var known: [String: [String: String]] = [:]
    var told: Set<String> = []
    var named: [(row: Int, kind: String, key: String)] = []
    for row in standing {
      for (kind, prefix) in [("account", "account."), ("customer", "account.customer."), ("customer", "customer.")] {
        let reference = cell(row, prefix + "external_reference")
        guard !reference.isEmpty else { continue }
        let values = attributes(row, prefix)
        let key = kind + reference
        named.append((row, kind, key))
        // What a row leaves empty says nothing: one that contradicts nothing fills it.
        let others = Set(values.filter { known[key]?[$0.key] ?? $0.value != $0.value }.keys)
        guard !others.isEmpty else {
          known[key, default: [:]].merge(values) { first, _ in first }
          continue
        }
        guard told.insert(key).inserted else { continue }
        let columns = headings.filter { $0.hasPrefix(prefix) && others.contains(name($0, prefix) ?? "") }
          .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        add(row, "party.attributes-differ", columns.first ?? prefix + "external_reference", rejects: false)
      }
    }
    for (row, kind, key) in named {
      sent[row, default: [:]].merge((known[key] ?? [:]).map { (kind + "." + $0.key, $0.value) }) { $1 }
    }
  }

  private func attributes(_ row: Int, _ prefix: String) -> [String: String] {
    var values: [String: String] = [:]
    for heading in headings {
      if let name = name(heading, prefix), !cell(row, heading).isEmpty { values[name] = cell(row, heading) }
    }
    return values
  }

  private func name(_ heading: String, _ prefix: String) -> String? {
    guard heading.hasPrefix(prefix), heading != prefix + "external_reference" else { return nil }
    let name = String(heading.dropFirst(prefix.count))
    return name.hasPrefix("customer.") ? nil : name
  }
}
