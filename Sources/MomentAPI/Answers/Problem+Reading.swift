import FoundationEssentials

extension Problem {
  /// Reads an answer's body, whatever it is.
  init(status: Int, body: [UInt8]) {
    self.init(status: status)
    guard !body.isEmpty else { return }
    guard let members = try? JSONDecoder().decode(Members.self, from: Data(body)) else {
      detail = SanitisedText(body, limit: Self.textLimit).text
      return
    }
    type = members.type
    title = members.title
    detail = members.detail
    instance = members.instance
    code = members.code
    faults = Array(members.faults.prefix(Self.faultLimit))
  }

  /// Reads an answer's body; `nil` where it is empty.
  init?(ifAny body: [UInt8], status: Int) {
    guard !body.isEmpty else { return nil }
    self.init(status: status, body: body)
  }

  private static let textLimit = 500
  private static let faultLimit = 20

  /// The members of a problem, and those of neighbouring customs (`message`, `error`). What has another type than
  /// expected counts as absent.
  private struct Members: Decodable {
    var type, title, detail, instance, code: String?
    var faults: [Fault] = []

    private enum Key: String, CodingKey {
      case type, title, detail, instance, code, pointer, errors, message, error, field
    }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      type = members.text(.type)
      title = members.text(.title) ?? members.text(.error)
      detail = members.text(.detail) ?? members.text(.message)
      instance = members.text(.instance)
      code = members.text(.code)
      if let pointer = members.text(.pointer) ?? members.text(.field) { faults.append(Fault(pointer: pointer)) }
      faults += (try? members.decode([Entry].self, forKey: .errors))?.map(\.fault) ?? []
    }
  }

  /// One of `errors`: an object, or a bare text.
  private struct Entry: Decodable {
    var fault: Fault

    private enum Key: String, CodingKey {
      case pointer, field, path, code, detail, message
    }

    init(from decoder: any Decoder) throws {
      guard let members = try? decoder.container(keyedBy: Key.self) else {
        let text = try? decoder.singleValueContainer().decode(String.self)
        fault = Fault(detail: text.map { SanitisedText($0, limit: Problem.textLimit).text })
        return
      }
      fault = Fault(
        pointer: members.text(.pointer) ?? members.text(.field) ?? members.text(.path), code: members.text(.code),
        detail: members.text(.detail) ?? members.text(.message))
    }
  }

  /// The text of a member, made fit for a message; a number by its digits; `nil` for anything else.
  fileprivate static func text<Key: CodingKey>(_ key: Key, in members: KeyedDecodingContainer<Key>) -> String? {
    if let text = try? members.decode(String.self, forKey: key) { return SanitisedText(text, limit: textLimit).text }
    return (try? members.decode(Int64.self, forKey: key)).map(String.init)
  }
}

extension KeyedDecodingContainer {
  fileprivate func text(_ key: Key) -> String? { Problem.text(key, in: self) }
}
