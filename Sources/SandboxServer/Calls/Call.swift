/// What a request asks of the API.
enum Call: Equatable, Sendable {
  case create(ObjectKind)
  case get(ObjectKind, String)
  case update(ObjectKind, String)
  case void(String)

  /// Whether it takes an Idempotency-Key: every POST does.
  var needsKey: Bool {
    switch self {
    case .create, .void: true
    case .get, .update: false
    }
  }

  /// Its name among the counted kinds of requests.
  var name: String {
    switch self {
    case .create(let kind): "create_" + kind.name
    case .get(let kind, _): "get_" + kind.name
    case .update(let kind, _): "update_" + kind.name
    case .void: "void_bill"
    }
  }
}
