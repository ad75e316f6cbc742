import MomentAPI

/// A request in the client: whose it is, and what its answer must carry.
struct PendingRequest {
  /// The row's record; 0 for an update of a party beside the rows.
  let record: Int
  let kind: APIRequestKind
  let expectation: Expectation
  /// Whether a request of the same row was sent before it.
  let isRepeat: Bool
  /// Whether it changes something because of what a look has shown.
  let restsOnLook: Bool

  init(record: Int, request: APIRequest, isRepeat: Bool, restsOnLook: Bool = false) {
    self.record = record
    kind = request.kind
    expectation = request.expectation
    self.isRepeat = isRepeat
    self.restsOnLook = restsOnLook
  }

  /// Whether it only asks.
  var isQuestion: Bool { kind.method == "GET" }

  /// Whether it carries out what a row asks for.
  var isWrite: Bool { record > 0 && !isQuestion }
}
