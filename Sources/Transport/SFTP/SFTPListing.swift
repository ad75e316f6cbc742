/// A folder's names as a server writes them for people, which is all that libcurl gives of a listing: lines of `ls -l`
/// (draft-ietf-secsh-filexfer-02, section 7).
package struct SFTPListing {
  /// Bytes of the longest listing: that of some hundred thousand files.
  static let mostBytes = 32 << 20
  /// Names that are asked for one by one, where the lines can't be read.
  static let mostAsked = 100_000
  /// Bytes of the longest line: those of a link, where it leads to, and what stands before them.
  private static let longestLine = 8192
  /// Bytes that are kept of a line that can't be read.
  private static let mostOfUnread = 255
  /// Lines that can't be read, of which something is kept.
  private static let mostUnread = 1000

  package private(set) var entries: [SFTPEntry] = []
  /// Lines that aren't such: a server that writes them otherwise, or a name with a line end in it; the beginning of each,
  /// and of the first thousand of them.
  package private(set) var unread: [String] = []

  package init(_ bytes: [UInt8]) {
    var lines = SFTPLines(bytes)
    while let line = lines.next() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard line.count <= Self.longestLine, let entry = Self.entry(line) else {
        if unread.count < Self.mostUnread {
          unread.append(String(decoding: line.prefix(Self.mostOfUnread), as: UTF8.self))
        }
        continue
      }
      if entry.name != ".", entry.name != ".." { entries.append(entry) }
    }
  }

  /// `-rw-r--r--    1 user     group         1234 Nov 26 16:42 name`: the date is found by its form, since names of users
  /// and groups may have spaces, and the file's name is all that follows it and a space.
  private static func entry(_ line: ArraySlice<UInt8>) -> SFTPEntry? {
    guard let kind = kind(line.first) else { return nil }
    let words = words(line)
    for index in words.indices.dropFirst(2) {
      guard let size = size(words[index - 1]), let (end, modified) = date(words[index...]) else { continue }
      guard end < line.endIndex, line[end] == UInt8(ascii: " ") else { return nil }
      var name = String(decoding: line[(end + 1)...], as: UTF8.self)
      if kind == .link, let arrow = name.range(ofLast: " -> ") { name = String(name[..<arrow]) }
      guard !name.isEmpty, !name.contains("/") else { return nil }
      return SFTPEntry(name: name, kind: kind, size: size, modified: modified)
    }
    return nil
  }

  private static func kind(_ letter: UInt8?) -> SFTPEntry.Kind? {
    switch letter {
    case UInt8(ascii: "-"): .file
    case UInt8(ascii: "d"): .folder
    case UInt8(ascii: "l"): .link
    case UInt8(ascii: "b"), UInt8(ascii: "c"), UInt8(ascii: "p"), UInt8(ascii: "s"): .other
    default: nil
    }
  }

  private static func words(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    line.split(separator: UInt8(ascii: " "), maxSplits: 24)
  }

  private static func text(_ word: ArraySlice<UInt8>) -> String { String(decoding: word, as: UTF8.self) }

  /// A number of bytes; one that is too large for any is the largest that there is.
  private static func size(_ word: ArraySlice<UInt8>) -> Int64? {
    if let size = Int64(text(word)) { return size < 0 ? nil : size }
    return word.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? .max : nil
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// A date that words begin with: `Nov 26 16:42`, `Nov 26 2025` or `2026-11-26 16:42`; where it ends, and a number for it.
  private static func date(_ words: ArraySlice<ArraySlice<UInt8>>) -> (end: Int, number: Int64)? {
    let parts = Array(words.prefix(3))
    guard parts.count >= 2 else { return nil }
    let first = text(parts[0])
    if first.utf8.count == 10, let day = number(first, "-"), let minute = number(text(parts[1]), ":") {
      return (parts[1].endIndex, day * 10_000 + minute)
    }
    guard parts.count == 3, let month = months.firstIndex(of: first.lowercased()), let day = Int64(text(parts[1])),
      (1...31).contains(day)
    else { return nil }
    let last = text(parts[2])
    let date = (Int64(month) + 1) * 100 + day
    if last.contains(":"), let minute = number(last, ":") { return (parts[2].endIndex, date * 10_000 + minute) }
    guard last.utf8.count == 4, let year = Int64(last) else { return nil }
    return (parts[2].endIndex, (year * 10_000 + date) * 10_000)
  }

  /// Digits with signs between them as one number: no more of them than a date or a time of day has.
  private static func number(_ text: String, _ separator: Character) -> Int64? {
    text.contains(separator) && text.utf8.count <= 10 ? Int64(text.filter { $0 != separator }) : nil
  }
}

extension String {
  /// Where the last of a text in it begins.
  fileprivate func range(ofLast text: String) -> String.Index? {
    var index = endIndex
    while index > startIndex {
      index = self.index(before: index)
      if self[index...].hasPrefix(text) { return index }
    }
    return nil
  }
}
