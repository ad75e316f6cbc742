/// What the API says of a request that it didn't carry out: problem details (RFC 9457), read tolerantly.
///
/// All texts are made fit for a message: no control characters, cut at a bound.
package struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// One of the faults that a problem lists.
  package struct Fault: Hashable, Sendable {
    /// Where, as a JSON pointer or a field path; as the API gave it.
    package var pointer: String?
    package var code: String?
    package var detail: String?

    package init(pointer: String? = nil, code: String? = nil, detail: String? = nil) {
      self.pointer = pointer
      self.code = code
      self.detail = detail
    }
  }

  /// The HTTP status of the answer (not the member of that name).
  package var status: Int
  /// The URI that names the kind of problem.
  package var type: String?
  package var title: String?
  /// What happened; where the body was no problem details, the beginning of its text.
  package var detail: String?
  package var instance: String?
  package var code: String?
  /// At most 20; the problem's own `pointer` comes first.
  package var faults: [Fault]

  package init(
    status: Int, type: String? = nil, title: String? = nil, detail: String? = nil, instance: String? = nil,
    code: String? = nil, faults: [Fault] = []
  ) {
    self.status = status
    self.type = type
    self.title = title
    self.detail = detail
    self.instance = instance
    self.code = code
    self.faults = faults
  }

  /// The first pointer as a field path of the API (`/account/name` → `account.name`), for a report's column.
  package var field: String? {
    guard let pointer = faults.lazy.compactMap(\.pointer).first else { return nil }
    let body = pointer.hasPrefix("#") ? pointer.dropFirst() : pointer[...]
    return body.split(separator: "/").joined(separator: ".")
  }

  /// One sentence: status, title and detail, as far as they came.
  package var description: String {
    let said = [title, detail ?? faults.lazy.compactMap(\.detail).first].compactMap { $0 }
    return said.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(said.joined(separator: ": "))"
  }
}
