import ServerModel

/// A small world: files, what the server has before, and how the server reads the documentation.
struct World: CustomStringConvertible {
  /// A row as the file has it: about a bill of ZAR on 2026-01-02, on an account, or on a customer alone; or about a party.
  struct Row: Hashable {
    /// Of the bill, of what is added to a sum, or of the party.
    var reference: String
    var amount: Int64 = 100
    var account: String?
    var customer: String
    /// What the customer is called, where a file of bills says so; or the party that the row is about.
    var name: String?
  }

  /// What rows ask for.
  enum Asks: Hashable, CaseIterable {
    /// That a bill is there.
    case bills
    /// The same, and that `paidBefore` is paid on it.
    case paidBills
    /// That a bill which is there is otherwise: it is voided, and raised again.
    case corrections
    /// That a bill is voided.
    case voids
    /// That a party has a name.
    case names
    /// That a party has a balance of so much.
    case balances
    /// That so much is paid on a bill in all.
    case totals
    /// That so much comes to what is paid on the bill `paid`.
    case payments
    /// That so much comes to a party's balance; less than 0.
    case credits

    /// Whether a row says what its object is to have, whatever it has.
    var sets: Bool { [.names, .balances, .totals].contains(self) }
    /// Whether a row adds to a sum.
    var adds: Bool { [.payments, .credits].contains(self) }
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
    /// The party of this reference is called so.
    case named(String, String)
    /// Its balance is so much.
    case balanced(String, Int64)

    /// Whether no bill of the row that it is about can be made any more.
    var isObstacle: Bool {
      switch self {
      case .customer: false
      case .account(_, let customer): customer == "CX"
      case .bill, .voided, .paid, .named, .balanced: true
      }
    }

    var description: String {
      switch self {
      case .customer(let reference): "customer \(reference)"
      case .account(let reference, let customer): "account \(reference) of \(customer)"
      case .bill(let row): "bill \(row.reference) of \(row.amount)"
      case .voided(let row): "voided bill \(row.reference)"
      case .paid(let reference): "paid bill \(reference)"
      case .named(let reference, let name): "\(reference) called \(name)"
      case .balanced(let reference, let balance): "\(reference) with a balance of \(balance)"
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
  /// What the rows of the first file ask for.
  var asks = Asks.bills
  /// What those of the files after it ask for, where that is something else.
  var later: Asks?
  /// Whether what parties have is changed to what a file of bills says.
  var updatesParties = false

  /// Whether it says little that others don't: played from two deviations on.
  var isFurther = false

  /// What the rows of a file ask for.
  func asks(of file: Int) -> Asks { file > 0 ? later ?? asks : asks }

  /// What is paid on bills before they are raised.
  static let paidBefore: Int64 = 30
  /// The bill that payments are added to.
  static let paid = "B1"

  /// All rows, with the number of their file and their record.
  var rows: [(place: Place, row: Row)] {
    files.enumerated().flatMap { number, rows in
      rows.enumerated().map { (Place(file: number, record: $0.offset + 1), $0.element) }
    }
  }

  var description: String {
    let texts = files.map { rows in
      rows.map { row in
        "\(row.reference)=\(row.amount) on \(row.account.map { "\($0)/" } ?? "")\(row.customer)"
          + (row.name.map { " called \($0)" } ?? "")
      }.joined(separator: ", ")
    }
    return "\(name) [\(texts.joined(separator: " | "))] before: \(before), readings: \(readings)"
      + (looksFirst ? ", looking first" : "")
      + (asks == .bills ? "" : ", asking for \(asks)\(later.map { ", then \($0)" } ?? "")")
      + (updatesParties ? ", updating parties" : "") + (commits == .inTurns ? "" : ", committing \(commits)")
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
    case .named(let reference, let name): rename(reference, to: name)
    case .balanced(let reference, let balance): setBalance(reference, to: balance)
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
