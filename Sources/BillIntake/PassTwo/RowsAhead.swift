/// The rows of a checked file, read a second time by a thread of its own, some portions before they are asked for.
///
/// They are those of `RowCursor` in the same order, and what it throws is thrown where it would be. A file of few rows, or
/// one for which there are to be no more threads, is read when its rows are asked for. For one thread at a time.
package final class RowsAhead {
  private let check: FileCheck
  private let portions: PortionsAhead<RowPortion, IntakeError>

  init(_ intake: Intake, _ check: FileCheck) {
    self.check = check
    portions = intake.rowsAhead(check) { $0 }
  }

  /// The next rows; none at the end.
  ///
  /// - Throws: what `RowCursor.next(limit:)` throws; nothing comes after that.
  package func next() throws(IntakeError) -> RowPortion {
    try portions.next() ?? RowPortion(of: check, rows: 0)
  }
}

extension Intake {
  /// Rows of a portion at most, bytes of them, about, and how many portions lie ready at most.
  private static let portion = 512
  private static let bytes = 1 << 18
  private static let most = 4

  /// Pass two, read ahead by another thread, which makes of each portion of rows what is wanted of them.
  package func rowsAhead<Portion: Sendable>(
    _ check: FileCheck, making make: @escaping @Sendable (consuming RowPortion) -> Portion
  ) -> PortionsAhead<Portion, IntakeError> {
    let isLong = check.recordsRead > 2 * Self.portion && options.threads > 1
    return PortionsAhead(isLong: isLong, most: Self.most) { [self] in
      let place = CursorPlace(rows(check))
      return { () throws(IntakeError) in
        let portion = try place.cursor.nextPortion(limit: Self.portion, bytes: Self.bytes)
        return portion.rows.isEmpty ? nil : make(portion)
      }
    }
  }
}

/// A cursor that is read bit by bit.
private final class CursorPlace {
  var cursor: RowCursor
  init(_ cursor: consuming RowCursor) { self.cursor = cursor }
}
