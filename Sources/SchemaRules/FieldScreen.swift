package import CScan

/// The rules of one field, compiled into looks at a column of up to 64 rows at once.
///
/// It says the same as `CompiledField.check`, row by row: the looks know most values that keep the rules for sure, and
/// `check` is asked about the others.
package final class FieldScreen: @unchecked Sendable {
  private enum Look {
    case length(minimum: UInt64, maximum: UInt64)
    case positions(
      UnsafePointer<UInt32>, fixed: UInt32, UnsafePointer<cscan_class>, minimum: UInt64, maximum: UInt64)
    case first(UnsafePointer<UInt8>)
    case integer(minimum: Int64, maximum: Int64)
    case date
    case email(local: UnsafePointer<cscan_class>, domain: UnsafePointer<cscan_class>)
    /// What no look knows: all rows are asked by themselves.
    case none
  }

  private let program: FieldProgram
  private var looks: [Look] = []
  /// Whether the looks may be sure of an empty value.
  private var passesEmpty = false
  private var memory: [UnsafeMutableRawPointer] = []

  package init(_ field: CompiledField) {
    program = field.program
    looks = program.steps.map(look)
    dropLength()
    passesEmpty = looks.allSatisfy {
      switch $0 {
      case .length(let minimum, _), .positions(_, _, _, let minimum, _): minimum == 0
      case .first, .integer, .date, .email, .none: false
      }
    }
  }

  deinit { memory.forEach { $0.deallocate() } }

  /// What is known of a column's rows, by bits.
  package struct Sight {
    /// The rows whose value isn't empty.
    package var present: UInt64
    /// Of these, the rows whose value breaks a rule.
    package var faulty: UInt64
  }

  /// Looks at a column.
  ///
  /// - Parameters:
  ///   - column: At most 64 rows; their values are valid UTF-8.
  ///   - values: Room for 64 numbers; gets them where the field is an integer, for the rows that keep the rules.
  package func look(at column: cscan_column, values: UnsafeMutablePointer<Int64>) -> Sight {
    let all: UInt64 = column.rows == 64 ? .max : 1 << UInt64(column.rows) &- 1
    var sure = all
    for look in looks where sure != 0 { sure &= self.sure(look, column, values) }
    // Where a value is needed for them to be sure, they say as well that there is one.
    var sight = Sight(present: sure, faulty: 0)
    if passesEmpty || sure == 0 { sight.present = cscan_present(column) }
    var doubtful = all & ~sure
    while doubtful != 0 {
      let row = doubtful.trailingZeroBitCount
      doubtful &= doubtful &- 1
      let span = column.spans[row &* column.stride]
      guard span.start != span.end else { continue }
      sight.present |= 1 << UInt64(row)
      let text = UnsafeBufferPointer(start: column.base + Int(span.start), count: Int(span.end &- span.start))
      if program.fault(in: text) != nil {
        sight.faulty |= 1 << UInt64(row)
      } else if case .integer = looks.first {
        values[row] = IntegerText.parse(text) ?? 0
      }
    }
    return sight
  }

  private func sure(_ look: Look, _ column: cscan_column, _ values: UnsafeMutablePointer<Int64>) -> UInt64 {
    switch look {
    case .length(let minimum, let maximum): cscan_length(column, minimum, maximum)
    case .positions(let positions, let fixed, let run, let minimum, let maximum):
      cscan_positions(column, positions, fixed, run, minimum, maximum)
    case .first(let firsts): cscan_first(column, firsts)
    case .integer(let minimum, let maximum): cscan_integers(column, minimum, maximum, values)
    case .date: cscan_dates(column)
    case .email(let local, let domain): cscan_emails(column, local, domain)
    case .none: 0
    }
  }

  // MARK: Compiling

  private func look(_ step: FieldStep) -> Look {
    switch step {
    case .integer(let minimum, let maximum): .integer(minimum: minimum, maximum: maximum)
    case .length(let minimum, let maximum):
      // A code point has 1 to 4 bytes, and one byte at least is one code point at least.
      .length(minimum: minimum <= 1 ? UInt64(minimum) : UInt64(minimum) * 4, maximum: UInt64(maximum))
    case .pattern(.run(let members, let minimum, let maximum), _):
      .positions(
        table([UInt32](repeating: 0, count: 256)), fixed: 0, run { members[$0] != 0 },
        minimum: UInt64(minimum), maximum: UInt64(maximum))
    case .pattern(.positions(let members, let fixed, let minimum, let maximum), _):
      .positions(
        members, fixed: UInt32(fixed), run { members[$0] >> UInt32(fixed) & 1 != 0 },
        minimum: UInt64(minimum + fixed), maximum: UInt64(maximum) + UInt64(fixed))
    case .format(.date): .date
    case .format(.email): .email(local: run(EmailAddress.isLocal), domain: run(EmailAddress.isDomain))
    case .excludedPattern(.table(let classes, let next, let first, let width), _):
      excluded(classes, next, first, width)
    case .pattern, .choice, .excludedPattern, .excluded, .alternatives: .none
    }
  }

  /// Of a pattern that must not match: the first bytes after which it can't any more.
  private func excluded(
    _ classes: UnsafePointer<UInt8>, _ next: UnsafePointer<UInt32>, _ first: Int, _ width: Int
  ) -> Look {
    let canEndDead = next[width - 1] != 0
    return .first(
      table((0..<256).map { !canEndDead && next[first + Int(classes[$0])] == 0 ? UInt8(1) : 0 }))
  }

  /// A length that a pattern of ASCII bytes can look at in passing.
  private func dropLength() {
    guard case .length(let least, let most) = looks.first, looks.count > 1,
      case .positions(let positions, let fixed, let run, let minimum, let maximum) = looks[1]
    else { return }
    looks[1] = .positions(
      positions, fixed: fixed, run, minimum: max(least, minimum), maximum: min(most, maximum))
    looks.removeFirst()
  }

  private func run(_ isIn: (Int) -> Bool) -> UnsafePointer<cscan_class> {
    let place = UnsafeMutablePointer<cscan_class>.allocate(capacity: 1)
    memory.append(UnsafeMutableRawPointer(place))
    cscan_make_class((0..<256).map { isIn($0) ? 1 : 0 }, place)
    return UnsafePointer(place)
  }

  private func table<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let place = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    memory.append(UnsafeMutableRawPointer(place))
    place.initialize(from: elements, count: elements.count)
    return UnsafePointer(place)
  }
}
