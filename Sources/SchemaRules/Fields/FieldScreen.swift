package import CScan

/// The rules of one field, compiled into looks at a column of up to 64 rows at once.
///
/// It says the same as `CompiledField.check`, row by row: the looks know most values that keep the rules for sure, and
/// `check` is asked about the others.
package final class FieldScreen: @unchecked Sendable {
  private let program: FieldProgram
  private let looks: UnsafeBufferPointer<FieldLook>
  /// Whether the looks may be sure of an empty value.
  private let passesEmpty: Bool
  /// Whether the field is an integer.
  private let isInteger: Bool
  private let memory: [UnsafeMutableRawPointer]

  package init(_ field: CompiledField) {
    program = field.program
    var compiler = LookCompiler()
    let looks = compiler.looks(field.program)
    passesEmpty = looks.allSatisfy(\.passesEmpty)
    isInteger = if case .integer = looks.first { true } else { false }
    self.looks = UnsafeBufferPointer(start: compiler.table(looks), count: looks.count)
    memory = compiler.memory
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
      } else if isInteger {
        values[row] = IntegerText.parse(text) ?? 0
      }
    }
    return sight
  }

  private func sure(_ look: FieldLook, _ column: cscan_column, _ values: UnsafeMutablePointer<Int64>) -> UInt64 {
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
}
