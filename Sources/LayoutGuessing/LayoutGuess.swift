import BillLayouts
package import Tabular

/// A layout for a file that somebody has sent, as far as the file itself proves it. Everything else is marked: a comment
/// that begins with `// ?` stands above it, and where a wrong guess would make wrong bills, a value that `layout check`
/// refuses stands in its place.
package struct LayoutGuess {
  /// What begins the comment above everything that isn't sure.
  package static let mark = "// ?"

  /// The layout file's text.
  package let text: String
  /// How many places are marked.
  package let doubts: Int
  /// Whether nothing can be read by it before the marked places are filled in.
  package let isIncomplete: Bool

  /// Reads a file whole and guesses.
  ///
  /// - Parameters:
  ///   - path: A file; it is read several times.
  ///   - headings: The paths of a bill's fields, as `Intake.headings` has them.
  package init(path: String, headings: [String]) throws(GuessError) {
    try self.init(name: path, headings: headings) { () throws(InputError) in try ByteSource(path: path) }
  }

  /// The same of a file that a closure begins anew, as often as it is called.
  ///
  /// - Parameter name: The file's name, or its path.
  package init(name: String, headings: [String], file: @escaping () throws(InputError) -> ByteSource) throws(GuessError)
  {
    let name = Self.name(of: name)
    if let sample = try FixedWidthFile(file).sample(isCertain: true) {
      text = FixedWidthText(name: name, sample).text
    } else {
      text = try Self.delimited(name, headings, file)
    }
    let lines = text.split(separator: "\n")
    doubts = lines.count { $0.drop { $0 == " " }.hasPrefix(Self.mark) }
    do throws(LayoutError) {
      _ = try Layout(json: Array(text.utf8))
      isIncomplete = false
    } catch { isIncomplete = true }
  }

  /// A layout of a delimited file; where it has no delimiter, of one of fixed width, though little proves it.
  private static func delimited(
    _ name: String, _ headings: [String], _ file: @escaping FileSample.Opening
  ) throws(GuessError) -> String {
    do throws(GuessError) {
      return GuessedText(name: name, guesser: FieldGuesser(sample: try FileSample(file), headings: headings)).text
    } catch {
      guard Self.mayBeFixedWidth(error), let sample = try FixedWidthFile(file).sample(isCertain: false)
      else { throw error }
      return FixedWidthText(name: name, sample).text
    }
  }

  /// Whether what is no delimited text may yet be one of fixed width.
  private static func mayBeFixedWidth(_ error: GuessError) -> Bool {
    switch error {
    case .noDelimiter, .headingsBelow, .ebcdic, .endlessRow, .notText(.unknown), .notText(.utf16): true
    case .input, .notText, .empty: false
    }
  }

  /// A layout's name from a file's: small letters, digits and `-`.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    var name = ""
    for character in stem.lowercased().prefix(60) {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      if isPlain { name.append(character) } else if name.last != "-", !name.isEmpty { name.append("-") }
    }
    while name.last == "-" { name.removeLast() }
    return name.isEmpty ? "guessed" : name
  }
}
