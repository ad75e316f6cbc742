/// A field's path and rule, and its tests in their order with what they need. One object, so that handing it round costs
/// at most one reference count.
final class FieldProgram: @unchecked Sendable {
  let path: String
  let rule: FieldRule
  /// Run one after the other; written once, in `init`.
  let steps: UnsafeMutableBufferPointer<FieldStep>
  /// Of `excluded` and `alternatives`.
  private let groups: [FieldProgram]
  /// Of `enum` and `const`.
  private let choices: [[UInt8]]
  /// Keeps the tables of the steps' patterns.
  private let storages: [PatternStorage]

  init(path: String, rule: FieldRule, steps: [FieldStep], groups: [FieldProgram], storages: [PatternStorage]) {
    self.path = path
    self.rule = rule
    self.steps = .allocate(capacity: steps.count)
    _ = self.steps.initialize(from: steps)
    self.groups = groups
    choices = rule.choices?.map { Array($0.utf8) } ?? []
    self.storages = storages
  }

  deinit { steps.deallocate() }

  /// The first test that a text doesn't pass.
  func fault(in text: UnsafeBufferPointer<UInt8>) -> FieldFault? {
    for step in steps {
      if let fault = fault(in: text, step) { return fault }
    }
    return nil
  }

  @inline(__always)
  private func fault(in text: UnsafeBufferPointer<UInt8>, _ step: FieldStep) -> FieldFault? {
    switch step {
    case .integer(let minimum, let maximum):
      guard let value = IntegerText.parse(text) else {
        return IntegerText.fault(in: text, minimum: minimum, maximum: maximum)
      }
      return value < minimum ? .belowMinimum(minimum) : value > maximum ? .aboveMaximum(maximum) : nil
    case .length(let minimum, let maximum):
      // A code point has 1 to 4 bytes: mostly there is no need to count.
      if text.count <= maximum, text.count >= minimum &* 4 { return nil }
      return lengthFault(in: text, minimum, maximum)
    case .pattern(let matcher, let index): return matcher.matches(text) ? nil : .pattern(index: index)
    case .format(let format): return format.fault(in: text)
    case .choice: return choices.contains { text.elementsEqual($0) } ? nil : .notAChoice
    case .excludedPattern(let matcher, let index): return matcher.matches(text) ? .excluded(index: index) : nil
    case .excluded(let group, let index): return passes(text, group) ? .excluded(index: index) : nil
    case .alternatives(let range, let exactlyOne): return alternativesFault(in: text, range, exactlyOne)
    }
  }

  private func lengthFault(in text: UnsafeBufferPointer<UInt8>, _ minimum: Int, _ maximum: Int) -> FieldFault? {
    let length = text.count { $0 & 0xC0 != 0x80 }
    if length < minimum { return .tooShort(length: length, minimum: minimum) }
    return length > maximum ? .tooLong(length: length, maximum: maximum) : nil
  }

  private func passes(_ text: UnsafeBufferPointer<UInt8>, _ group: Int) -> Bool {
    groups[group].fault(in: text) == nil
  }

  private func alternativesFault(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ exactlyOne: Bool
  ) -> FieldFault? {
    let passing = range.count { passes(text, $0) }
    if passing == 1 || passing > 1 && !exactlyOne { return nil }
    return .alternatives(matching: passing)
  }
}
