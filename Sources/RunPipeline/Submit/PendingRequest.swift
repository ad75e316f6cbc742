import MomentAPI

/// A request in the client: whose it is, and what its answer must carry.
struct PendingRequest {
  /// The row's record; 0 for an update of a party beside the rows.
  var record: Int
  /// Without its body, which the client has.
  var request: APIRequest
  /// Whether a request of the same row was sent before it.
  var isRepeat: Bool

  /// Whether it carries out what a row asks for.
  var isWrite: Bool { record > 0 && request.kind.method != "GET" }
}
