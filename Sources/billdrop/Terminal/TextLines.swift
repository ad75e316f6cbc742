/// Sentences as lines of a terminal.
enum TextLines {
  /// Breaks a text at blanks so that each line, its margin counted, fits; a word that is longer than a line is broken.
  ///
  /// - Parameters:
  ///   - first: What stands before the first line.
  ///   - margin: What stands before each of the others.
  static func wrap(_ text: String, to columns: Int, first: String = "", margin: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var width = TextWidth.of(first)
    var isFresh = true
    for word in words(text, room: max(1, columns - TextWidth.of(margin))) {
      let length = TextWidth.of(word)
      if !isFresh, width + 1 + length > columns {
        lines.append(line)
        line = margin + word
        width = TextWidth.of(margin) + length
        continue
      }
      line += isFresh ? word : " " + word
      width += length + (isFresh ? 0 : 1)
      isFresh = false
    }
    return lines + [line]
  }

  /// The words of a text; those that no line has room for in parts.
  private static func words(_ text: String, room: Int) -> [String] {
    text.split(separator: " ").flatMap { word -> [String] in
      // A path is to be copied: it goes over the edge rather than be broken.
      guard TextWidth.of(String(word)) > room, !word.contains("/") else { return [String(word)] }
      var parts: [String] = []
      var part = ""
      var width = 0
      for character in word {
        let next = TextWidth.of(character)
        if width + next > room, !part.isEmpty {
          parts.append(part)
          (part, width) = ("", 0)
        }
        part.append(character)
        width += next
      }
      return parts + [part]
    }
  }
}
