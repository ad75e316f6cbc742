import BillLedger
import BillModel
import BillReports
import BillSubmission
import MomentAPI
import SubmitPass
import Transport

/// Reads rows back from the API, one request after the other, and holds them against what they asked for.
struct CanaryReader {
  let connection: SubmitConnection
  let builder: RequestBuilder
  let policy: RetryPolicy
  let interrupts: () -> Int
  /// Counts a request by the day's budget, where there is one; `false` where it leaves none.
  let affordsRequest: () -> Bool

  /// What came of a question.
  private enum Reading {
    case found(RemoteObject)
    case absent
    case failed(String)
  }

  /// A settled row as the API has it.
  func row(_ settlement: RowSettlement, _ operation: BillOperation) throws(RequestError) -> Canary.Row {
    var row = Canary.Row(
      record: settlement.record, reference: operation.reference, outcome: settlement.outcome, id: settlement.billID)
    switch settlement.outcome {
    case .created, .unchanged, .updated: break
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent:
      row.trouble = "\(settlement.outcome.rawValue): \(settlement.message ?? "the API has no such bill")"
      return row
    }
    switch try read(request(for: operation, settlement)) {
    case .found(let object):
      row.id = object.id
      guard let fields = try fields(operation, settlement, object) else {
        row.trouble = "the answer is about another kind of object"
        return row
      }
      row.fields = fields
    case .absent: row.trouble = "the API doesn't have it"
    case .failed(let reason): row.trouble = "it can't be read back: \(reason)"
    }
    return row
  }

  /// What is read of a row: its object, or the bill that took the place of it.
  private func request(
    for operation: BillOperation, _ settlement: RowSettlement
  ) throws(RequestError) -> APIRequest {
    if let party = operation.changedParty { return try builder.getParty(party) }
    switch operation {
    case .correct: return try builder.getBill(reference: settlement.reference)
    // Its series may have been followed.
    case .void: if let id = settlement.billID { return try builder.getBill(id: id) }
    case .raise, .raisePaid, .skip, .set, .pay, .credit: break
    }
    return try builder.getBill(reference: operation.reference)
  }

  /// What was asked for beside what is there; `nil` where that is of another kind.
  private func fields(
    _ operation: BillOperation, _ settlement: RowSettlement, _ object: RemoteObject
  ) throws(RequestError) -> [Canary.Field]? {
    switch (operation, object) {
    case (.raise(let bill), .bill(let remote)): return try fields(bill, remote)
    case (.raisePaid(let paid), .bill(let remote)):
      return try fields(paid.bill, remote) + fields(paid.payment, remote).filter { $0.name == "amount_paid" }
    case (.correct(let correction), .bill(let remote)):
      var bill = correction.bill
      bill.reference = settlement.reference
      return try fields(bill, remote)
    case (.pay(let payment), .bill(let remote)): return fields(payment, remote)
    case (.void(let bill), .bill(let remote)): return fields(bill, remote)
    case (.set(let values), .customer), (.set(let values), .account): return fields(values, object)
    case (.credit(let credit), .customer), (.credit(let credit), .account): return fields(credit, object)
    case (.raise, _), (.raisePaid, _), (.correct, _), (.pay, _), (.void, _), (.set, _), (.credit, _), (.skip, _):
      return nil
    }
  }

  private func fields(_ bill: Bill, _ remote: RemoteBill) throws(RequestError) -> [Canary.Field] {
    let comparison = BillComparison(of: remote, with: bill, evidence: try evidence(of: bill))
    return Self.fields(bill, remote, comparison)
  }

  /// The ids of the parties that the row describes, by their references.
  private func evidence(of bill: Bill) throws(RequestError) -> PartyEvidence {
    var evidence = PartyEvidence()
    for party in bill.describedParties {
      let knowledge: PartyEvidence.Knowledge
      switch try read(builder.getParty(party.key)) {
      case .found(let object): knowledge = .id(object.id)
      case .absent: knowledge = .absent
      case .failed: knowledge = .unknown
      }
      switch party.key.kind {
      case .customer: evidence.customer = knowledge
      case .account: evidence.account = knowledge
      }
    }
    return evidence
  }

  /// Asks until there is an answer that tells, a bounded number of times.
  private func read(_ request: APIRequest) throws(RequestError) -> Reading {
    var trouble = "no answer"
    for attempt in 1...policy.tries {
      guard interrupts() == 0 else { return .failed("interrupted") }
      guard affordsRequest() else { return .failed("the day's requests are used") }
      var pause = policy.pause(before: attempt, jitter: Double.random(in: 0..<1))
      switch send(request) {
      case .success(let response):
        let answer = Answer(
          to: request, status: response.status, header: { response.headers[$0] }, body: response.body,
          receivedAt: .now)
        switch answer.judgement {
        case .found(let object): return .found(object)
        case .notFound: return .absent
        case .unauthorised(let problem): return .failed(problem.description)
        case .throttled(let problem): trouble = problem?.description ?? "too many requests"
        case .transient(let problem): trouble = problem?.description ?? "the API can't answer now"
        case .refused(let problem), .conflict(let problem): trouble = problem.description
        case .unreadable(let reason): trouble = reason.description
        case .accepted: trouble = "the answer is not one to a question"
        }
        pause = answer.retryAfter ?? pause
      case .failure(let failure): trouble = failure.description
      }
      guard attempt < policy.tries, policy.sitsOut(pause) else { break }
      sleep(milliseconds: pause)
    }
    return .failed(trouble)
  }

  private func send(_ request: APIRequest) -> Result<HTTPResponse, TransferFailure> {
    let id = connection.nextID()
    connection.wire.submit([
      HTTPRequest(id: id, method: request.method, path: request.path, headers: request.headers, body: request.body)
    ])
    while true {
      for completion in connection.wire.completions(.milliseconds(200)) where completion.id == id {
        return completion.result
      }
      if interrupts() > 1 { connection.shutdown(cancelling: true) }
    }
  }

  /// Sleeps; an interrupt ends it.
  private func sleep(milliseconds: Int64) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end, interrupts() == 0 { _ = connection.wire.completions(end - ContinuousClock.now) }
  }

  private static func fields(_ bill: Bill, _ remote: RemoteBill, _ comparison: BillComparison) -> [Canary.Field] {
    var others: [String] = []
    if case .differs(let names) = comparison { others = names }
    func field(_ name: String, _ asked: String, _ found: String?) -> Canary.Field {
      Canary.Field(name: name, asked: asked, found: found, isSame: !others.contains(name))
    }
    var fields = [
      field("external_reference", bill.reference, remote.reference),
      field("currency", bill.currency.description, remote.currency?.description),
      field("amount_due", String(bill.amountDue), remote.amountDue.map { String($0) }),
    ]
    if let date = bill.billDate { fields.append(field("bill_date", date.description, remote.billDate?.description)) }
    if bill.dueDate != nil || remote.dueDate != nil {
      fields.append(field("due_date", bill.dueDate?.description ?? "nothing", remote.dueDate?.description))
    }
    fields.append(party(bill.party, remote, comparison, others))
    fields += bill.metadata.pairs.map { pair in
      field("metadata.\(pair.key)", pair.value, SanitisedText.shown(remote.metadata[pair.key], asked: pair.value))
    }
    fields.append(
      Canary.Field(
        name: "status", asked: "not voided", found: remote.status.map { "\($0)" },
        isSame: comparison != .voided))
    return fields
  }

  private static func party(
    _ party: BillParty, _ remote: RemoteBill, _ comparison: BillComparison, _ others: [String]
  ) -> Canary.Field {
    let (name, asked, found) =
      switch party {
      case .customer(let customer): ("customer.external_reference", customer.reference, remote.customerID)
      case .customerID(let id): ("customer", id, remote.customerID)
      case .account(let account): ("account.external_reference", account.reference, remote.accountID)
      case .accountID(let id): ("account", id, remote.accountID)
      }
    let isSame = !others.contains(name) && comparison != .partyUnknown
    return Canary.Field(name: name, asked: asked, found: isSame ? asked : found, isSame: isSame)
  }
}
