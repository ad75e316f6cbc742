import MomentAPI
import Transport

extension HTTPRequest {
  /// A request to the API as the client takes it. Of its header fields only the key is its own. It leaves by `latest`, or not
  /// at all, and before others that wait where it is urgent.
  init(id: UInt64, _ request: APIRequest, latest: UInt64 = .max, isUrgent: Bool = false) {
    self.init(
      id: id, method: request.method, path: request.path, headers: request.ownHeaders,
      shared: request.hasContent ? Self.contentFields : Self.lookFields, body: request.body,
      latest: latest, isUrgent: isUrgent)
  }

  private static let contentFields = SharedFields(APIRequest.contentHeaders)
  private static let lookFields = SharedFields(APIRequest.lookHeaders)
}
