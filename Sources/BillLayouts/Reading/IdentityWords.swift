/// Names of columns which say that identity or passport numbers stand there.
enum IdentityWords {
  /// What says so wherever a word has it, and where words have it from the beginning of one of them on.
  private static let anywhere = ["passport", "identification", "identityn", "idnumber", "nationalid", "rsaid"]
  /// What says so as words of its own, with a number behind it or without: an access number is none, nor is a visa's id.
  private static let alone = ["said", "ssn"]
  private static let numbers = ["", "no", "nr", "num", "number"]

  /// Whether a name says so.
  static func areIn(_ name: String) -> Bool {
    let words = words(of: name)
    if words.contains(where: { word in anywhere.contains { word.contains($0) } }) { return true }
    return words.indices.contains { first in
      let rest = words[first...].joined()
      if anywhere.contains(where: { rest.hasPrefix($0) }) { return true }
      return words[first...].indices.contains { last in
        let joined = words[first...last].joined()
        return alone.contains { word in numbers.contains { joined == word + $0 } }
      }
    }
  }

  /// Its words in small letters, as spaces, signs and capitals part them: `SA-ID`, `customerIdNumber`.
  private static func words(of name: String) -> [String] {
    let characters = Array(name)
    var words: [String] = []
    var word = ""
    for (index, character) in characters.enumerated() {
      if index > 0, begins(at: index, in: characters), !word.isEmpty {
        words.append(word)
        word = ""
      }
      if character.isLetter || character.isNumber { word += character.lowercased() }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func begins(at index: Int, in characters: [Character]) -> Bool {
    let (before, character) = (characters[index - 1], characters[index])
    if !(before.isLetter || before.isNumber) { return true }
    guard character.isUppercase else { return false }
    // The last capital of several is that of the next word: IDNumber.
    return !before.isUppercase || index + 1 < characters.count && characters[index + 1].isLowercase
  }
}
