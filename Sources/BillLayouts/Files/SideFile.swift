import DurableFiles

/// The control figures in a file beside a bill file.
package struct SideFile {
  /// No side file is as large as this, in bytes.
  private static let mostBytes = 1 << 16

  private let values: [String: String]

  /// - Returns: `nil` where it is missing, can't be read, or isn't of its form.
  package init?(_ rule: ControlRules.SideFile, beside path: String) {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path.dropFirst(folder.count)
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let side = Self.put(rule.name, ["{name}": String(name), "{stem}": String(stem)])
    guard let text = Self.contents(of: folder + side) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    switch rule.form {
    case .pairs:
      let pairs = lines.compactMap { line -> (String, String)? in
        guard let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
        return (Self.trimmed(line[..<mark]), Self.trimmed(line[line.index(after: mark)...]))
      }
      values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    case .csv:
      guard lines.count == 2 else { return nil }
      let (names, cells) = (Self.cells(lines[0]), Self.cells(lines[1]))
      guard names.count == cells.count else { return nil }
      values = Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  /// A figure by its name; `nil` where it isn't there.
  package subscript(name: String) -> String? { values[name] }

  private static func put(_ name: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = Substring(name)
    while let first = rest.first {
      if let (key, value) = values.first(where: { rest.hasPrefix($0.key) }) {
        result += value
        rest = rest.dropFirst(key.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first?.isWhitespace ?? false { rest = rest.dropFirst() }
    while rest.last?.isWhitespace ?? false { rest = rest.dropLast() }
    return String(rest)
  }

  private static func contents(of path: String) -> String? {
    guard let file = try? SmallFile(path: path, mostBytes: mostBytes) else { return nil }
    return String(validating: file.bytes, as: UTF8.self)
  }
}
