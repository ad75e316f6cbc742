/// The API as its documentation tells, in values: objects, uniqueness, idempotency keys for 24 hours, nested creation
/// in sequence, and every reading of what is left open.
///
/// Written from the documented facts alone, for judging the product: it knows nothing of the product's code. It has no
/// clock of its own (`now` is set from outside), and a create can be carried out step by step, so that others come in
/// between: `arrive` and `advance`.
package struct ServerModel: Sendable {
  /// What `arrive` makes of a request.
  package enum Arrival: Sendable {
    case answered(ServerAnswer)
    /// It is under way, under this number.
    case begun(Int)
  }

  /// What is kept of a key.
  struct Stored: Hashable, Sendable {
    var body: [UInt8]
    var since: Int64
    /// `nil` while the request is under way.
    var answer: ServerAnswer?
  }

  package let readings: ServerReadings
  /// Milliseconds, by any clock that only goes on.
  package var now: Int64 = 0

  package private(set) var customers: [ServerCustomer] = []
  package private(set) var accounts: [ServerAccount] = []
  package private(set) var bills: [ServerBill] = []
  private var keys: [String: Stored] = [:]
  private var jobs: [Int: ServerJob] = [:]
  private var lastNumber = 0

  /// How long a key is known, in milliseconds.
  package static let keyLife: Int64 = 24 * 3_600_000

  package init(readings: ServerReadings = ServerReadings()) { self.readings = readings }

  /// Carries out a request whole.
  package mutating func handle(_ call: ServerCall, fault: ServerFault? = nil) -> ServerAnswer {
    switch arrive(call, fault: fault) {
    case .answered(let answer): return answer
    case .begun(let number):
      while true { if let answer = advance(number) { return answer } }
    }
  }

  /// Takes in a request: a GET, a known key and a malformed body are answered at once.
  package mutating func arrive(_ call: ServerCall, fault: ServerFault? = nil) -> Arrival {
    if call.method == "GET" { return .answered(fault.map(Self.failure) ?? look(call.path)) }
    if call.method == "PATCH" { return .answered(change(call, fault)) }
    guard call.method == "POST", Self.target(of: call.path) != nil else {
      return .answered(problem(404, "no such call"))
    }
    guard let key = call.key, !key.isEmpty else { return .answered(problem(400, "no Idempotency-Key")) }
    if let stored = keys[key], now - stored.since < Self.keyLife, stored.answer == nil || fault?.forgetsKey != true {
      return .answered(replay(stored, call))
    }
    if let fault, fault.steps == 0, !isStored(fault) { return .answered(Self.failure(fault)) }
    keys[key] = Stored(body: call.body, since: now)
    guard let work = Self.work(of: call) else { return .answered(store(problem(400, "malformed body"), key)) }
    lastNumber += 1
    jobs[lastNumber] = ServerJob(
      number: lastNumber, call: call, target: work.target, body: work.body, fault: fault, steps: work.steps)
    return .begun(lastNumber)
  }

  /// Carries out the next step of a request under way; its answer where that was the last one.
  package mutating func advance(_ number: Int) -> ServerAnswer? {
    guard var job = jobs[number], let key = job.call.key else { return problem(500, "no such request") }
    let answer = step(&job)
    jobs[number] = answer == nil ? job : nil
    guard let answer else { return nil }
    if let fault = job.fault, answer == Self.failure(fault), !isStored(fault) {
      keys[key] = nil
      return answer
    }
    return store(answer, key)
  }

  /// Whether an answer is stored under a key.
  package func hasAnswered(_ key: String) -> Bool {
    keys[key].map { $0.answer != nil && now - $0.since < Self.keyLife } ?? false
  }

  /// Whether a request is under way.
  package func isUnderWay(_ number: Int) -> Bool { jobs[number] != nil }

  /// Somebody makes a customer, where there is none of the reference. Its id. `key`: of the request that makes it.
  @discardableResult
  package mutating func addCustomer(
    _ reference: String, _ attributes: ServerAttributes = ServerAttributes(), key: String? = nil
  ) -> String {
    if let known = customers.first(where: { $0.reference == reference }) { return known.id }
    let id = "bcus_\(customers.count + 1)"
    customers.append(ServerCustomer(id: id, reference: reference, attributes: attributes, key: key))
    return id
  }

  /// Somebody makes an account, where there is none of the reference. Its id. `key`: of the request that makes it.
  @discardableResult
  package mutating func addAccount(
    _ reference: String, customer: String, _ attributes: ServerAttributes = ServerAttributes(), key: String? = nil
  ) -> String {
    if let known = accounts.first(where: { $0.reference == reference }) { return known.id }
    let id = "bacc_\(accounts.count + 1)"
    accounts.append(
      ServerAccount(
        id: id, reference: reference, customerID: addCustomer(customer), attributes: attributes, key: key))
    return id
  }

  /// Somebody makes a bill, where there is none of the reference. On an account it hangs under the account's customer.
  package mutating func addBill(_ bill: ServerBill) {
    guard !bills.contains(where: { $0.reference == bill.reference }) else { return }
    var made = bill
    made.id = "bill_\(bills.count + 1)"
    if let account = accounts.first(where: { $0.id == bill.accountID }) { made.customerID = account.customerID }
    bills.append(made)
  }

  /// Somebody voids a bill.
  package mutating func void(_ reference: String) {
    for index in bills.indices where bills[index].reference == reference { bills[index].status = "voided" }
  }

  /// Somebody pays the whole of a bill that can be paid.
  package mutating func pay(_ reference: String) {
    for index in bills.indices where bills[index].reference == reference && bills[index].status == "unpaid" {
      (bills[index].status, bills[index].amountPaid) = ("paid", bills[index].amountDue)
    }
  }

  /// A request voids a bill, or says why it doesn't.
  mutating func makeVoid(_ job: ServerJob) -> ServerAnswer? {
    guard let index = bills.firstIndex(where: { $0.reference == Self.voided(by: job.call.path) }) else {
      return problem(404, "no such bill")
    }
    guard bills[index].status == "unpaid" else { return problem(409, "the bill is \(bills[index].status)") }
    (bills[index].status, bills[index].voidedBy) = ("voided", job.call.key)
    return nil
  }

  /// A request, or somebody, changes a customer.
  mutating func change(customer id: String, _ edit: (inout ServerAttributes) -> Void) {
    for index in customers.indices where customers[index].id == id { edit(&customers[index].attributes) }
  }

  /// A request, or somebody, changes an account.
  mutating func change(account id: String, _ edit: (inout ServerAttributes) -> Void) {
    for index in accounts.indices where accounts[index].id == id { edit(&accounts[index].attributes) }
  }

  /// A request, or somebody, changes a bill.
  mutating func change(bill id: String, _ edit: (inout ServerBill) -> Void) {
    for index in bills.indices where bills[index].id == id { edit(&bills[index]) }
  }

  func problem(_ status: Int, _ detail: String) -> ServerAnswer {
    var members: [String: JSON] = ["title": .string("problem"), "status": .integer(Int64(status))]
    if readings.saysDetails { members["detail"] = .string(detail) }
    return ServerAnswer(status: status, .object(members))
  }

  static func failure(_ fault: ServerFault) -> ServerAnswer {
    ServerAnswer(status: fault.status, .object(["title": .string("fault"), "status": .integer(Int64(fault.status))]))
  }

  private func replay(_ stored: Stored, _ call: ServerCall) -> ServerAnswer {
    if stored.body != call.body {
      switch readings.reusedKey {
      case .conflict: return problem(409, "the key was used for another request")
      case .refuse: return problem(422, "the key was used for another request")
      case .ignore: break
      }
    }
    guard var answer = stored.answer else { return problem(409, "a request with this key is under way") }
    answer.isReplayed = true
    return answer
  }

  private func isStored(_ fault: ServerFault) -> Bool {
    switch fault.status {
    case 429: readings.stores429
    case 401, 403: readings.stores401
    default: fault.isStored
    }
  }

  private mutating func store(_ answer: ServerAnswer, _ key: String) -> ServerAnswer {
    keys[key]?.answer = answer
    return answer
  }
}
