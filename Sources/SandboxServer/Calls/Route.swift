import HTTPServing

/// Where a request's method and path lead.
enum Route: Equatable {
  case call(Call)
  /// The path is one of ours, the method isn't; the methods that are.
  case wrongMethod(allowed: String)
  case unknown

  /// By a path under `/billing/`.
  init(_ method: HTTPMethod, _ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).map(String.init)
    guard let collection = parts.first, let kind = ObjectKind.allCases.first(where: { $0.collection == collection })
    else {
      self = .unknown
      return
    }
    switch parts.count {
    case 1: self = method == .post ? .call(.create(kind)) : .wrongMethod(allowed: "POST")
    case 2 where !parts[1].isEmpty: self = Self.object(kind, parts[1], method)
    case 3 where kind == .bill && !parts[1].isEmpty && parts[2] == "void":
      self = method == .post ? .call(.void(parts[1])) : .wrongMethod(allowed: "POST")
    default: self = .unknown
    }
  }

  private static func object(_ kind: ObjectKind, _ name: String, _ method: HTTPMethod) -> Route {
    switch method {
    case .get: .call(.get(kind, name))
    case .patch: .call(.update(kind, name))
    case .head, .post, .put, .delete, .options, .other: .wrongMethod(allowed: "GET, PATCH")
    }
  }
}
