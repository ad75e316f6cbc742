package import BillModel
import Hashing

/// Builds the API's requests. For one thread at a time: it keeps a hasher.
package struct RequestBuilder {
  /// Version of the code that writes bodies. It goes up whenever the same bill would give other bytes, so that an
  /// intent from before is known for what it is.
  package static let serializerVersion = 1

  package let environment: EnvironmentStamp
  private let hasher = SHA256Hasher()

  /// A builder whose keys belong to `environment`.
  package init(environment: EnvironmentStamp) { self.environment = environment }

  /// The POST that raises a bill, its party as `form` says, under the key of `epoch` (from 1).
  package func createBill(_ bill: Bill, form: BodyForm, epoch: Int) throws(RequestError) -> APIRequest {
    var writer = JSONWriter(capacity: 512)
    try writer.bill(bill, form: form)
    let expectation = Expectation(reference: bill.reference, amountDue: bill.amountDue, currency: bill.currency)
    return create(.createBill, writer.bytes, expectation, reference: bill.reference, epoch: epoch)
  }

  /// The request that carries out an operation: a PATCH where the form is a change, else the POST that makes its object,
  /// under the key of `epoch` (from 1). Throws where the form doesn't fit the operation.
  package func request(for operation: BillOperation, form: BodyForm, epoch: Int) throws(RequestError) -> APIRequest {
    switch operation {
    case .raise(let bill): try createBill(bill, form: form, epoch: epoch)
    case .raisePaid(let paid): try createBill(paid.bill, form: form, epoch: epoch)
    case .skip, .correct: throw .formDoesNotFit
    case .credit(let credit): try set(credit.made, form: form, epoch: epoch)
    case .set(let values): try set(values, form: form, epoch: epoch)
    case .pay(let payment): try pay(payment)
    case .void(let bill): try void(bill, epoch: epoch)
    }
  }

  private func pay(_ payment: Payment) throws(RequestError) -> APIRequest {
    var request = try get(.updateBill, reference: payment.bill)
    var writer = JSONWriter(capacity: 128)
    writer.payment(payment)
    request.body = writer.bytes
    request.bodyDigest = request.body.withUnsafeBytes { hasher.digest(of: $0) }
    return request
  }

  private func void(_ bill: VoidedBill, epoch: Int) throws(RequestError) -> APIRequest {
    var request = try get(.voidBill, reference: bill.reference)
    request.path += "/void"
    let digest = request.body.withUnsafeBytes { hasher.digest(of: $0) }
    request.bodyDigest = digest
    request.idempotencyKey =
      IdempotencyKey(
        environment: environment, path: request.path, reference: bill.reference, bodyDigest: digest, epoch: epoch,
        hasher: hasher
      ).description
    return request
  }

  private func set(_ values: PartyValues, form: BodyForm, epoch: Int) throws(RequestError) -> APIRequest {
    let customerID: String?
    switch (form, values.key.kind) {
    case (.change, _): return try change(values)
    case (.nested, .customer): customerID = nil
    case (.nested, .account) where values.owner != nil: customerID = nil
    case (.accountUnder(let id), .account): customerID = id
    case (.nested, .account), (.accountUnder, .customer), (.account, _), (.customer, _): throw .formDoesNotFit
    }
    var writer = JSONWriter(capacity: 512)
    writer.party(values, customerID: customerID)
    return create(
      values.key.kind == .account ? .createAccount : .createCustomer, writer.bytes,
      Expectation(reference: values.key.reference), reference: values.key.reference, epoch: epoch)
  }

  private func change(_ values: PartyValues) throws(RequestError) -> APIRequest {
    let kind: APIRequestKind = values.key.kind == .account ? .updateAccount : .updateCustomer
    var request = try get(kind, reference: values.key.reference)
    var writer = JSONWriter(capacity: 256)
    writer.change(values)
    request.body = writer.bytes
    request.bodyDigest = request.body.withUnsafeBytes { hasher.digest(of: $0) }
    return request
  }

  /// The POST that makes an account, its customer nested or, where given, by id.
  package func createAccount(_ account: Account, customerID: String?, epoch: Int) -> APIRequest {
    var writer = JSONWriter(capacity: 512)
    writer.account(account, customerID: customerID)
    let expectation = Expectation(reference: account.reference)
    return create(.createAccount, writer.bytes, expectation, reference: account.reference, epoch: epoch)
  }

  /// The POST that makes a customer.
  package func createCustomer(_ customer: Customer, epoch: Int) -> APIRequest {
    var writer = JSONWriter(capacity: 512)
    writer.customer(customer)
    let expectation = Expectation(reference: customer.reference)
    return create(.createCustomer, writer.bytes, expectation, reference: customer.reference, epoch: epoch)
  }

  /// The GET of a bill by the merchant's reference. Throws where the reference could be taken for an id.
  package func getBill(reference: String) throws(RequestError) -> APIRequest {
    try get(.getBill, reference: reference)
  }

  /// The GET of a bill by its id, `bill_…`.
  package func getBill(id: String) throws(RequestError) -> APIRequest { try get(.getBill, id: id) }

  /// The GET of an account or customer by the merchant's reference. Throws where it could be taken for an id.
  package func getParty(_ key: PartyKey) throws(RequestError) -> APIRequest {
    try get(Self.kind(of: key.kind), reference: key.reference)
  }

  /// The GET of an account or customer by its id, `bacc_…` or `bcus_…`.
  package func getParty(_ kind: PartyKind, id: String) throws(RequestError) -> APIRequest {
    try get(Self.kind(of: kind), id: id)
  }

  /// The PATCH that makes a party's attributes what a row says (no key: its values are absolute). Throws where the
  /// reference could be taken for an id.
  package func updateParty(_ change: PartyChange) throws(RequestError) -> APIRequest {
    let kind: APIRequestKind = change.party.kind == .account ? .updateAccount : .updateCustomer
    var request = try get(kind, reference: change.party.reference)
    var writer = JSONWriter(capacity: 256)
    writer.change(change)
    request.body = writer.bytes
    return request
  }

  private static func kind(of party: PartyKind) -> APIRequestKind {
    switch party {
    case .customer: .getCustomer
    case .account: .getAccount
    }
  }

  private func create(
    _ kind: APIRequestKind, _ body: [UInt8], _ expectation: Expectation, reference: String, epoch: Int
  ) -> APIRequest {
    let digest = body.withUnsafeBytes { hasher.digest(of: $0) }
    let key = IdempotencyKey(
      environment: environment, path: kind.collection, reference: reference, bodyDigest: digest, epoch: epoch,
      hasher: hasher)
    return APIRequest(
      kind: kind, path: kind.collection, body: body, bodyDigest: digest, idempotencyKey: key.description,
      expectation: expectation)
  }

  private func get(_ kind: APIRequestKind, reference: String) throws(RequestError) -> APIRequest {
    guard !ObjectID.isAmbiguous(reference), let segment = PathSegment(reference) else {
      throw .ambiguousReference(reference)
    }
    return APIRequest(
      kind: kind, path: "\(kind.collection)/\(segment.encoded)", expectation: Expectation(reference: reference))
  }

  private func get(_ kind: APIRequestKind, id: String) throws(RequestError) -> APIRequest {
    guard ObjectID.isValid(id, for: kind.subject) else { throw .malformedID(id) }
    return APIRequest(kind: kind, path: "\(kind.collection)/\(id)", expectation: Expectation(id: id))
  }
}
