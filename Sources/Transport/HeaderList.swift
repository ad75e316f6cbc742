import CLibcurl

/// Header fields as libcurl's linked list. A request's own fields are chained before those of every request, which are
/// made once.
final class HeaderList {
  private var first: UnsafeMutablePointer<curl_slist>?
  private var last: UnsafeMutablePointer<curl_slist>?

  /// A list of these fields. A value that is empty goes out as an empty field.
  init(_ fields: [(String, String)] = []) {
    for (name, value) in fields { append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
  }

  deinit {
    unchain()
    erase()
    curl_slist_free_all(first)
  }

  /// Adds a line in libcurl's own notation: `Name: value`, `Name;` for an empty field, `Name:` to send none.
  func append(_ line: String) {
    unchain()
    guard let grown = curl_slist_append(last, line) else { return }
    if first == nil { first = grown }
    last = grown.pointee.next ?? grown
  }

  /// The first node of these fields followed by `common`, which must outlive the use of the list.
  func chained(before common: HeaderList) -> UnsafeMutablePointer<curl_slist>? {
    guard let last else { return common.first }
    last.pointee.next = common.first
    return first
  }

  /// Overwrites the list's text: it may hold the key.
  private func erase() {
    var node = first
    while let current = node {
      var byte = current.pointee.data
      while let position = byte, position.pointee != 0 {
        position.pointee = 0
        byte = position + 1
      }
      node = current.pointee.next
    }
  }

  private func unchain() { last?.pointee.next = nil }
}
