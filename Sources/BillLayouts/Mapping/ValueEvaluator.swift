import Tabular

/// Makes values by programs, with memory that is used again from value to value.
final class ValueEvaluator {
  /// What programs read.
  struct Cells {
    let base: UnsafePointer<UInt8>
    let spans: UnsafeBufferPointer<FieldSpan>
    let header: [[UInt8]]
    let parent: [[UInt8]]

    /// A cell's value; empty where the record doesn't go so far.
    @inline(__always)
    subscript(column: Int) -> UnsafeBufferPointer<UInt8> {
      guard column < spans.count else { return UnsafeBufferPointer(start: base, count: 0) }
      let span = spans[column]
      return UnsafeBufferPointer(start: base + Int(span.start), count: Int(span.end - span.start))
    }
  }

  let codes: KeyedCodes
  /// The value that was made last.
  private(set) var text = ValueText()
  private var spare: [ValueText] = []

  init(codes: KeyedCodes) { self.codes = codes }

  /// Makes `text`.
  ///
  /// - Parameter exponent: The decimals of the currency beside the value.
  func evaluate(_ program: ValueProgram, _ cells: Cells, exponent: Int?) -> ConversionFault? {
    switch program.source {
    case .cell(let column): text.set(cells[column])
    case .literal(let value): text.set(value)
    case .header(let column): text.set(column < cells.header.count ? cells.header[column] : [])
    case .parent(let column): text.set(column < cells.parent.count ? cells.parent[column] : [])
    case .join(let parts, let separator):
      if let fault = join(parts, separator, cells, exponent) { return fault }
    case .first(let parts):
      text.clear()
      for part in parts {
        if let fault = evaluate(part, cells, exponent: exponent) { return fault }
        if !text.isEmpty { break }
      }
    }
    if program.steps.isEmpty { return nil }
    let surroundings = ConversionStep.Surroundings(exponent: exponent, codes: codes, region: program.region)
    for step in program.steps {
      if let fault = step.apply(to: &text, surroundings) { return fault }
    }
    return nil
  }

  private func join(
    _ parts: [ValueProgram], _ separator: [UInt8], _ cells: Cells, _ exponent: Int?
  ) -> ConversionFault? {
    var joined = spare.popLast() ?? ValueText()
    joined.clear()
    for part in parts {
      if let fault = evaluate(part, cells, exponent: exponent) {
        spare.append(joined)
        return fault
      }
      if text.isEmpty { continue }
      if !joined.isEmpty { joined.bytes.append(contentsOf: separator) }
      joined.bytes.append(contentsOf: text.bytes)
    }
    swap(&text, &joined)
    spare.append(joined)
    return nil
  }
}
