/// Header fields that many requests have, looked at and written once.
package final class SharedFields: Sendable {
  /// As they go out.
  let lines: [UInt8]
  /// Whether they can be written as HTTP without becoming something else.
  let isWellFormed: Bool

  package init(_ fields: [(String, String)]) {
    var lines: [UInt8] = []
    for (name, value) in fields { lines += "\(name): \(value)\r\n".utf8 }
    self.lines = lines
    isWellFormed = HTTPRequest.areFields(fields)
  }
}
