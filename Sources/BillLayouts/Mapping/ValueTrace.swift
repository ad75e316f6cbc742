/// How a value came about: what stood in the file, and what each step made of it.
package struct ValueTrace: Sendable {
  /// A step that was done, and the value after it.
  package struct Step: Sendable {
    package let step: ConversionStep
    package let result: [UInt8]
  }

  /// What values come from.
  package struct Surroundings {
    /// The columns of the record, in the row plan's order.
    package var cells: [[UInt8]]
    package var header: [[UInt8]]
    package var parent: [[UInt8]]
    /// Decimals of the currency beside the value.
    package var exponent: Int?
    package var codes: KeyedCodes

    /// - Parameters: See the properties of these names.
    package init(cells: [[UInt8]], header: [[UInt8]], parent: [[UInt8]], exponent: Int?, codes: KeyedCodes) {
      self.cells = cells
      self.header = header
      self.parent = parent
      self.exponent = exponent
      self.codes = codes
    }
  }

  /// Where it comes from, as the layout says.
  package let source: ValueRecipe.Source
  /// The record's column that it comes from, from 0; `nil` where it comes from elsewhere.
  package let column: Int?
  /// The values that were put together, or tried one after the other.
  package let parts: [ValueTrace]
  /// The value before the steps.
  package let text: [UInt8]
  package let steps: [Step]
  /// Why it went no further.
  package let fault: ConversionFault?

  /// What came of it.
  package var value: [UInt8] { steps.last?.result ?? text }

  /// - Parameters:
  ///   - recipe: What the layout says.
  ///   - program: The same, made ready for the file.
  package init(_ recipe: ValueRecipe, _ program: ValueProgram, _ surroundings: Surroundings) {
    source = recipe.source
    column = if case .cell(let column) = program.source { column } else { nil }
    parts = Self.parts(recipe, program, surroundings)
    var fault = parts.lazy.compactMap(\.fault).first
    var text = ValueText()
    switch program.source {
    case .cell(let column): text.set(Self.value(surroundings.cells, column))
    case .literal(let value): text.set(value)
    case .header(let column): text.set(Self.value(surroundings.header, column))
    case .parent(let column): text.set(Self.value(surroundings.parent, column))
    case .join(_, let separator):
      text.set(Array(parts.map(\.value).filter { !$0.isEmpty }.joined(separator: separator)))
    case .first: text.set(parts.last?.value ?? [])
    }
    self.text = text.bytes
    let needed = ConversionStep.Surroundings(
      exponent: surroundings.exponent, codes: surroundings.codes, region: program.region)
    var steps: [Step] = []
    for step in program.steps where fault == nil {
      fault = step.apply(to: &text, needed)
      if fault == nil { steps.append(Step(step: step, result: text.bytes)) }
    }
    self.steps = steps
    self.fault = fault
  }

  /// Of values that are tried one after the other, those up to the first that isn't empty or can't be made.
  private static func parts(
    _ recipe: ValueRecipe, _ program: ValueProgram, _ surroundings: Surroundings
  ) -> [ValueTrace] {
    switch (recipe.source, program.source) {
    case (.join(let recipes, _), .join(let programs, _)):
      return zip(recipes, programs).map { ValueTrace($0, $1, surroundings) }
    case (.first(let recipes), .first(let programs)):
      var tried: [ValueTrace] = []
      for (recipe, program) in zip(recipes, programs) {
        tried.append(ValueTrace(recipe, program, surroundings))
        if tried[tried.count - 1].fault != nil || !tried[tried.count - 1].value.isEmpty { break }
      }
      return tried
    default: return []
    }
  }

  private static func value(_ values: [[UInt8]], _ index: Int) -> [UInt8] { index < values.count ? values[index] : [] }
}
