import MomentAPI

/// A request in the client: whose it is, and what its answer must carry.
struct PendingRequest {
  var record: Int
  /// Without its body, which the client has.
  var request: APIRequest
  /// Whether a request of the same row was sent before it.
  var isRepeat: Bool
}
