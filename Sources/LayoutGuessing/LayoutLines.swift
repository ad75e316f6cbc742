/// What writes a guessed layout line by line, each doubt above what it is about.
protocol LayoutLines {
  var text: String { get set }
}

extension LayoutLines {
  mutating func line(_ words: String) { text += words + "\n" }

  mutating func doubt(_ words: String, _ margin: Int) {
    line(String(repeating: " ", count: margin) + "\(LayoutGuess.mark) \(words)")
  }

  /// What fills each field, and which columns fill none; of these, those that say who somebody is.
  mutating func mapping(_ fields: [GuessedField], unused: [String], identities: [String]) {
    line("")
    line("  \"fields\": {")
    for field in fields {
      for words in field.doubts { doubt(words, 4) }
      for words in field.remarks { line("    // \(words)") }
      line("    \(FieldGuesser.quoted(field.path)): \(field.value),")
    }
    line("  },")
    if !unused.isEmpty {
      line("  // Columns that fill nothing: \(unused.map { FieldGuesser.quoted($0) }.joined(separator: ", ")).")
    }
    for name in identities {
      line("  // \(FieldGuesser.quoted(name)) says who somebody is: in a reference only behind a step hmac.")
    }
  }
}
