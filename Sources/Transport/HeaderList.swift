import CLibcurl

/// Header fields as libcurl's linked list. A request's own fields are chained before those of every request, which are
/// made once.
final class HeaderList {
  private(set) var first: UnsafeMutablePointer<curl_slist>?
  private var last: UnsafeMutablePointer<curl_slist>?
  /// Bytes of each line, without its zero.
  private var lengths: [Int] = []

  /// A list of these fields. A value that is empty goes out as an empty field.
  init(_ fields: [(String, String)] = []) { add(fields) }

  deinit { clear() }

  /// Makes this a list of other fields. Lines of the same length as before are written over, as those of requests of
  /// one kind are. libcurl must not be using the list.
  func replace(with fields: [(String, String)]) {
    if lengths.count == fields.count, overwrite(with: fields) { return }
    clear()
    add(fields)
  }

  /// Adds a line in libcurl's own notation: `Name: value`, `Name;` for an empty field, `Name:` to send none.
  func append(_ line: String) {
    unchain()
    guard let grown = curl_slist_append(last, line) else { return }
    if first == nil { first = grown }
    last = grown.pointee.next ?? grown
    lengths.append(line.utf8.count)
  }

  /// The first node of these fields followed by `common`, which must outlive the use of the list.
  func chained(before common: HeaderList) -> UnsafeMutablePointer<curl_slist>? {
    guard let last else { return common.first }
    last.pointee.next = common.first
    return first
  }

  private func add(_ fields: [(String, String)]) {
    for (name, value) in fields { append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
  }

  /// `false` where a line has another length.
  private func overwrite(with fields: [(String, String)]) -> Bool {
    var node = first
    for (index, (name, value)) in fields.enumerated() {
      guard let line = node?.pointee.data, !value.isEmpty,
        lengths[index] == name.utf8.count + 2 + value.utf8.count
      else { return false }
      Self.write(name, at: line)
      Self.write(value, at: line + name.utf8.count + 2)
      line[name.utf8.count] = CChar(bitPattern: UInt8(ascii: ":"))
      line[name.utf8.count + 1] = CChar(bitPattern: UInt8(ascii: " "))
      node = node?.pointee.next
    }
    return true
  }

  private static func write(_ text: String, at place: UnsafeMutablePointer<CChar>) {
    var text = text
    text.withUTF8 { bytes in
      UnsafeMutableRawBufferPointer(start: place, count: bytes.count).copyMemory(from: UnsafeRawBufferPointer(bytes))
    }
  }

  /// Frees the list, its text overwritten: it may hold the key.
  private func clear() {
    unchain()
    var node = first
    while let current = node {
      var byte = current.pointee.data
      while let position = byte, position.pointee != 0 {
        position.pointee = 0
        byte = position + 1
      }
      node = current.pointee.next
    }
    curl_slist_free_all(first)
    (first, last, lengths) = (nil, nil, [])
  }

  private func unchain() { last?.pointee.next = nil }
}
