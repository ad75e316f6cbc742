/// A pattern (the subset of ECMA-262 that `PatternParser` states), compiled. As JSON Schema demands, it searches: only
/// `^` and `$` tie it to the ends.
package struct CompiledPattern: Sendable {
  package let source: String
  let storage: PatternStorage

  package init(_ source: String) throws(PatternError) {
    self.source = source
    var parser = PatternParser(source)
    let syntax = try parser.parse()
    if let shape = PatternShape(syntax) {
      storage = PatternStorage(shape)
      return
    }
    do {
      storage = PatternStorage(try PatternTable(try PatternAutomaton(syntax)))
    } catch {
      throw PatternError(reason: error.reason, pattern: source, column: error.column)
    }
  }

  /// - Parameter text: Valid UTF-8.
  package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { storage.matcher.matches(text) }

  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }
}
