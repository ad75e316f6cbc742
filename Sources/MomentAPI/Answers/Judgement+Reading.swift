extension Judgement {
  /// Judges a body under its status, as the answer to a request of this kind.
  init(of body: [UInt8], status: Int, to kind: APIRequestKind, expecting expectation: Expectation) {
    switch StatusClass(status) {
    case .success: self = Self.success(body, kind, expectation)
    case .noAnswer: self = .unreadable(.status(status))
    case .unauthorised: self = .unauthorised(Problem(status: status, body: body))
    case .notFound where !kind.isCreate: self = .notFound
    case .conflict where kind.isKeyed: self = .conflict(Problem(status: status, body: body))
    case .notFound, .conflict, .refusal: self = .refused(Problem(status: status, body: body))
    case .throttled: self = .throttled(Problem(ifAny: body, status: status))
    case .transient: self = .transient(Problem(ifAny: body, status: status))
    }
  }

  private static func success(_ body: [UInt8], _ kind: APIRequestKind, _ expectation: Expectation) -> Self {
    do throws(UnreadableReason) {
      let object = try RemoteObject(reading: body, as: kind.subject)
      try object.check(against: expectation)
      if kind == .voidBill, case .bill(let bill) = object, bill.status != .voided { throw .notVoided }
      return kind.isKeyed ? .accepted(object) : .found(object)
    } catch {
      return .unreadable(error)
    }
  }
}
