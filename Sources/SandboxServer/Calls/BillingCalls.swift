import SchemaRules

/// The calls themselves, on the objects: no keys, no faults but those in the middle of a creation, no HTTP.
struct BillingCalls {
  var objects: ObjectStore
  let rules: BillingRules
  let readings: Readings

  init(seed: UInt64, rules: BillingRules, readings: Readings) {
    objects = ObjectStore(seed: seed)
    self.rules = rules
    self.readings = readings
  }

  /// Carries a call out.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970; today is the bill's date where none is given.
  ///   - fault: one that strikes in the middle of a creation.
  mutating func perform(_ call: Call, body: [UInt8], now: Int64, fault: Fault?) throws(Problem) -> Performed {
    switch call {
    case .create(.customer): .customer(try createCustomer(try parse(body)), status: 201)
    case .create(.account): .account(try createAccount(try parse(body), fault), status: 201)
    case .create(.bill): .bill(try createBill(try parse(body), now, fault), status: 201)
    case .get(.customer, let name): .customer(try find(.customer, name), status: 200)
    case .get(.account, let name): .account(try find(.account, name), status: 200)
    case .get(.bill, let name): .bill(try find(.bill, name), status: 200)
    case .update(.customer, let name): .customer(try updateCustomer(name, try parse(body)), status: 200)
    case .update(.account, let name): .account(try updateAccount(name, try parse(body)), status: 200)
    case .update(.bill, let name): .bill(try updateBill(name, try parse(body)), status: 200)
    case .void(let name): .bill(try void(name), status: 200)
    }
  }

  /// The body of the answer to a call that was carried out.
  func body(of performed: Performed) -> [UInt8] {
    switch performed {
    case .customer(let serial, _): objects.customerBody(serial, paymentRules: readings.paymentRules)
    case .account(let serial, _): objects.accountBody(serial, paymentRules: readings.paymentRules)
    case .bill(let serial, _):
      objects.billBody(serial, objects.bills[Int(serial)], paymentRules: readings.paymentRules)
    }
  }

  /// The body of the answer that a creation of this bill had.
  func originalBody(ofBill serial: UInt32) -> [UInt8] {
    objects.billBody(serial, objects.originalBill(serial), paymentRules: readings.paymentRules)
  }

  func find(_ kind: ObjectKind, _ name: String) throws(Problem) -> UInt32 {
    guard let serial = objects.find(kind, named: name) else {
      throw Problem(404, "there is no \(kind.name) '\(name)'")
    }
    return serial
  }

  private func parse(_ body: [UInt8]) throws(Problem) -> JSONValue {
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw Problem(400, "the body is not JSON: \(error)")
    }
  }
}
