import BillIntake
import BillModel

/// A command line, understood: the command's options by name, and its operands.
struct Invocation: Sendable {
  private var values: [String: String] = [:]
  private(set) var operands: [String] = []
  private(set) var wantsHelp = false

  /// Reads the words after the command's name by its table. `--` ends the options; `-` is an operand.
  init(_ words: [String], for command: CommandSpec) throws(UsageError) {
    var rest = words[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word == "--help" || word == "-h" {
        wantsHelp = true
      } else {
        try readOption(word, &rest, command)
      }
    }
    if !wantsHelp { try checkOperands(command) }
  }

  /// Whether an option without value was given.
  func has(_ option: String) -> Bool { values[option] != nil }

  /// An option's text.
  func text(_ option: String) -> String? { values[option] }

  /// An option's whole number; the parser has checked it.
  func count(_ option: String) -> Int? { values[option].flatMap { Int($0) } }

  /// An option's decimal number; the parser has checked it.
  func rate(_ option: String) -> Double? { values[option].flatMap { Double($0) } }

  /// An option's size in bytes; the parser has checked it.
  func size(_ option: String) -> Int? { values[option].flatMap(Self.bytes) }

  /// The first 12 digits of an option's digest, in small letters; the parser has checked it.
  func shortDigest(_ option: String) -> String? { values[option].map { String($0.prefix(12)).lowercased() } }

  /// An option's day; the parser has checked it.
  func day(_ option: String) -> CivilDate? { values[option].flatMap { CivilDate(iso: $0) } }

  /// So many bytes, with K, M or G behind the number; `nil` for anything else.
  private static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    // What no number holds is too large.
    let product = Int(digits)?.multipliedReportingOverflow(by: unit ?? 1)
    return product.flatMap { $0.overflow ? nil : $0.partialValue } ?? .max
  }

  private mutating func readOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ command: CommandSpec
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = command.options.first(where: { $0.name == name }) else {
      throw unknownOption(name, command)
    }
    if values[name] != nil { throw UsageError(message: "\(name) is given twice.", hint: helpHint(command)) }
    if case .none = option.value {
      if parts.count > 1 { throw UsageError(message: "\(name) takes no value.", hint: helpHint(command)) }
      values[name] = ""
      return
    }
    guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
      throw UsageError(message: "\(name) needs a value: \(option.usage).", hint: helpHint(command))
    }
    if let expected = Self.expectation(value, option.value) {
      throw UsageError(message: "\(name) takes \(expected), not “\(value)”.", hint: helpHint(command))
    }
    values[name] = value
  }

  /// What the value should have been; `nil` when it is fine.
  private static func expectation(_ value: String, _ kind: OptionSpec.Value) -> String? {
    switch kind {
    case .none, .text: return nil
    case .count(_, let most):
      guard let number = Int(value), (1...most).contains(number) else {
        return "a whole number from 1 to \(MoneyText.count(most))"
      }
      return nil
    case .number:
      guard let number = Int(value), number >= 0 else { return "a whole number, 0 or more" }
      return nil
    case .rate:
      guard let number = Double(value), number > 0, number <= 1_000_000 else { return "a number above 0" }
      return nil
    case .size:
      guard let size = bytes(value) else { return "a size in megabytes or gigabytes, as 128M or 1G" }
      guard size >= MemoryPlan.least else { return "a size of at least \(MemoryPlan.least >> 20)M, as 128M or 1G" }
      return size <= MemoryPlan.most ? nil : "a size of at most \(MemoryPlan.most >> 30)G, as 128M or 1G"
    case .digest:
      let isDigest = (12...64).contains(value.utf8.count) && value.allSatisfy { $0.isASCII && $0.isHexDigit }
      return isDigest ? nil : "the 12 digits (0-9, a-f) that name a file, as they are printed"
    case .day: return CivilDate(iso: value) == nil ? "a day, as 2026-03-01" : nil
    case .choice(let words):
      return words.contains(value) ? nil : words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
    }
  }

  private func checkOperands(_ command: CommandSpec) throws(UsageError) {
    switch command.operands {
    case .none:
      guard let first = operands.first else { return }
      throw UsageError(message: "\(command.name) takes no operand, but “\(first)” is given.", hint: helpHint(command))
    case .any: return
    case .maybe(let name):
      guard operands.count > 1 else { return }
      throw UsageError(message: "\(command.name) takes at most one \(name).", hint: helpHint(command))
    case .one(let name):
      guard operands.count != 1 else { return }
      throw UsageError(message: "\(command.name) takes exactly one \(name).", hint: helpHint(command))
    case .two(let first, let second):
      guard operands.count != 2 else { return }
      throw UsageError(
        message: "\(command.name) takes exactly two operands, \(first) and \(second).", hint: helpHint(command))
    case .oneAndMaybe(let name, let second):
      guard operands.isEmpty || operands.count > 2 else { return }
      throw UsageError(
        message: "\(command.name) takes a \(name), and at most one \(second).", hint: helpHint(command))
    case .some(let name):
      guard operands.isEmpty else { return }
      throw UsageError(message: "\(command.name) needs at least one \(name).", hint: helpHint(command))
    }
  }

  private func unknownOption(_ name: String, _ command: CommandSpec) -> UsageError {
    let options = command.options.map(\.name)
    let hint: String
    if ["--key", "--api-key", "--token"].contains(name), options.contains("--key-file") {
      hint = "A key is no argument, which others could see: set MOMENT_API_KEY, or name a file with --key-file."
    } else if let near = NearestName.of(name, among: options) {
      hint = "Did you mean \(near)?"
    } else if !name.hasPrefix("--"), !command.operands.usage.isEmpty {
      hint = "A name that begins with - comes behind --, as in: billdrop \(command.name) -- \(name)"
    } else {
      hint = helpHint(command)
    }
    return UsageError(message: "\(command.name) knows no option \(name).", hint: hint)
  }

  private func helpHint(_ command: CommandSpec) -> String { "See: billdrop \(command.name) --help" }
}
