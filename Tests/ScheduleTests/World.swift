import ServerModel

/// A small world: files, what the server has before, and how the server reads the documentation.
struct World: CustomStringConvertible {
  /// A row as the file has it: a bill of ZAR on 2026-01-02, on an account, or on a customer alone.
  struct Row: Hashable {
    var reference: String
    var amount: Int64 = 100
    var account: String?
    var customer: String
  }

  /// What somebody else makes at the server.
  enum Outside: Hashable, CustomStringConvertible {
    case customer(String)
    case account(String, of: String)
    /// A bill just as a row asks for it.
    case bill(Row)
    case voided(Row)
    /// The bill of this reference is paid.
    case paid(String)

    /// Whether no bill of the row that it is about can be made any more.
    var isObstacle: Bool {
      switch self {
      case .customer: false
      case .account(_, let customer): customer == "CX"
      case .bill, .voided, .paid: true
      }
    }

    var description: String {
      switch self {
      case .customer(let reference): "customer \(reference)"
      case .account(let reference, let customer): "account \(reference) of \(customer)"
      case .bill(let row): "bill \(row.reference) of \(row.amount)"
      case .voided(let row): "voided bill \(row.reference)"
      case .paid(let reference): "paid bill \(reference)"
      }
    }
  }

  /// Who commits what a turn decides, and when.
  enum Commits: CaseIterable {
    /// The turn itself.
    case inTurns
    /// Somebody else, at once; or when nothing else moves, or the run needs the ledger.
    case apart
    /// The same, and always as late as that.
    case late
  }

  var name: String
  var files: [[Row]]
  var before: [Outside] = []
  var readings = ServerReadings()
  /// Whether parties that nobody knows are looked up first.
  var looksFirst = false
  var commits = Commits.inTurns
  /// Whether the rows correct bills that are there, instead of raising them.
  var corrects = false

  /// All rows, with the number of their file and their record.
  var rows: [(place: Place, row: Row)] {
    files.enumerated().flatMap { number, rows in
      rows.enumerated().map { (Place(file: number, record: $0.offset + 1), $0.element) }
    }
  }

  var description: String {
    let texts = files.map { rows in
      rows.map { "\($0.reference)=\($0.amount) on \($0.account.map { "\($0)/" } ?? "")\($0.customer)" }
        .joined(separator: ", ")
    }
    return "\(name) [\(texts.joined(separator: " | "))] before: \(before), readings: \(readings)"
      + (looksFirst ? ", looking first" : "") + (corrects ? ", correcting" : "")
      + (commits == .inTurns ? "" : ", committing \(commits)")
  }

  /// A file as bytes.
  func csv(_ file: Int) -> String {
    let heading = "external_reference,currency,amount_due,bill_date"
    let parties =
      files[file].contains { $0.account != nil }
      ? "account.external_reference,account.customer.external_reference" : "customer.external_reference"
    let rows = files[file].map { row in
      "\(row.reference),ZAR,\(row.amount),2026-01-02,\(row.account.map { "\($0)," } ?? "")\(row.customer)"
    }
    return (["\(heading),\(parties)"] + rows).joined(separator: "\n") + "\n"
  }
}

/// Where a row stands.
struct Place: Hashable, CustomStringConvertible {
  var file: Int
  var record: Int

  var description: String { "row \(record) of file \(file)" }
}

extension ServerModel {
  /// Somebody else makes something.
  mutating func make(_ outside: World.Outside) {
    switch outside {
    case .customer(let reference): addCustomer(reference)
    case .account(let reference, let customer): addAccount(reference, customer: customer)
    case .bill(let row): makeBill(row)
    case .voided(let row):
      makeBill(row)
      void(row.reference)
    case .paid(let reference): pay(reference)
    }
  }

  private mutating func makeBill(_ row: World.Row) {
    guard bill(row.reference) == nil else { return }
    let customer = addCustomer(row.customer)
    let account = row.account.map { addAccount($0, customer: row.customer) }
    addBill(
      ServerBill(
        reference: row.reference, currency: "ZAR", amountDue: row.amount, billDate: "2026-01-02", customerID: customer,
        accountID: account))
  }

  /// Whether a bill is the one that a row asks for, its status aside.
  func isSame(_ bill: ServerBill, as row: World.Row) -> Bool {
    let parties = parties(of: bill)
    return bill.reference == row.reference && bill.currency == "ZAR" && bill.amountDue == row.amount
      && bill.billDate == "2026-01-02" && bill.dueDate == nil && parties.account == row.account
      && parties.customer == row.customer
  }
}
