// The worlds whose rows change what is there.
extension World {
  private static func world(
    _ name: String, _ asks: Asks, _ files: [[Row]], _ before: [Outside] = [], then later: Asks? = nil,
    updates: Bool = false, isFurther: Bool = false
  ) -> World {
    var world = World(name: name, files: files, before: before)
    (world.asks, world.later, world.updatesParties, world.isFurther) = (asks, later, updates, isFurther)
    return world
  }

  private static func row(_ reference: String, _ account: String? = nil, _ amount: Int64 = 100, _ name: String? = nil)
    -> Row
  {
    Row(reference: reference, amount: amount, account: account, customer: "C1", name: name)
  }

  /// What parties are called, and their balances.
  static let parties: [World] = {
    func named(_ name: String) -> Row { row("C1", nil, 0, name) }
    func account(_ name: String) -> Row { row("A1", "A1", 0, name) }
    let there: [Outside] = [.customer("C1"), .named("C1", "N0")]
    let accountIsThere: [Outside] = [.account("A1", of: "C1"), .named("A1", "N0")]
    return [
      world("a new customer's name", .names, [[named("N1")]]),
      world("a customer's name", .names, [[named("N1")]], there),
      world("a name that is there", .names, [[named("N0")]], there, isFurther: true),
      world("a new account's name", .names, [[account("N1")]]),
      world(
        "a name of a new account of a known customer", .names, [[account("N1")]], [.customer("C1")], isFurther: true),
      world("an account's name", .names, [[account("N1")]], accountIsThere),
      world("a name in two files", .names, [[named("N1")], [named("N2")]], there),
      world("a new customer in two files", .names, [[named("N1")], [named("N2")]], isFurther: true),
      world(
        "a new customer's name, and a bill that nests the customer", .names, [[named("N1")], [row("B1", "A1")]],
        then: .bills),
      world(
        "a customer's name, and a bill that nests an account of the customer", .names,
        [[named("N1")], [row("B1", "A1")]], there, then: .bills, isFurther: true),
      world("a new customer's balance", .balances, [[row("C1")]]),
      world("a customer's balance", .balances, [[row("C1")]], there),
      world("an account's balance", .balances, [[row("A1", "A1")]], accountIsThere, isFurther: true),
      world("a balance in two files", .balances, [[row("C1")], [row("C1", nil, 200)]], there),
    ]
  }()

  /// Bills whose customers are called otherwise at the API.
  static let updates: [World] = {
    let there: [Outside] = [.customer("C1"), .named("C1", "N0")]
    let (first, second) = (row("B1", nil, 100, "N1"), row("B2", nil, 200, "N1"))
    return [
      world("a bill of a customer of another name", .bills, [[first]], there, updates: true),
      world("a bill of a new customer with a name", .bills, [[first]], updates: true),
      world(
        "a new account of a customer of another name", .bills, [[row("B1", "A1", 100, "N1")]], there, updates: true),
      world(
        "a known account of a customer of another name", .bills, [[row("B1", "A1", 100, "N1")]],
        [.account("A1", of: "C1"), .named("C1", "N0")], updates: true, isFurther: true),
      world(
        "two bills of a customer of another name", .bills, [[first, second]], there, updates: true, isFurther: true),
      world("two files with a customer's name", .bills, [[first], [row("B2", nil, 200, "N2")]], there, updates: true),
    ]
  }()

  /// What is paid on bills, what comes to balances, and bills that are voided.
  static let changes: [World] = {
    let bill: [Outside] = [.bill(row("B1", nil, 1000))]
    let balance: [Outside] = [.customer("C1"), .balanced("C1", 50)]
    let (payment, credit) = (row("P1"), row("K1", nil, -100))
    return [
      world("a bill that was paid before", .paidBills, [[row("B1")]]),
      world(
        "two bills that were paid before", .paidBills, [[row("B1", "A1"), row("B2", "A1", 200)]], [.customer("C1")],
        isFurther: true),
      world("a void", .voids, [[row("B1", nil, 1000)]], bill),
      world("a void of a voided bill", .voids, [[row("B1", nil, 1000)]], [.voided(row("B1", nil, 1000))]),
      world("a void of no bill", .voids, [[row("B1", nil, 1000)]]),
      world("a total", .totals, [[row("B1")]], bill),
      world("a total that is there", .totals, [[row("B1", nil, 1000)]], bill + [.paid("B1")]),
      world("a total in two files", .totals, [[row("B1")], [row("B1", nil, 200)]], bill, isFurther: true),
      world("a payment", .payments, [[payment]], bill),
      world("two payments", .payments, [[payment, row("P2", nil, 30)]], bill, isFurther: true),
      world("payments in two files", .payments, [[payment], [row("P2", nil, 30)]], bill),
      world("a payment in two files", .payments, [[payment], [payment, row("P2", nil, 30)]], bill, isFurther: true),
      world("a credit", .credits, [[credit]], balance),
      world("a new customer's credit", .credits, [[credit]]),
      world("a new account's credit", .credits, [[row("K1", "A1", -100)]], balance, isFurther: true),
      world("two credits", .credits, [[credit, row("K2", nil, -30)]], balance, isFurther: true),
      world("credits in two files", .credits, [[credit], [row("K2", nil, -30)]], balance),
      world("two credits of a new customer", .credits, [[credit, row("K2", nil, -30)]], isFurther: true),
    ]
  }()
}
