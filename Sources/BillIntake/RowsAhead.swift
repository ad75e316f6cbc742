import Threads

/// The rows of a checked file, read a second time by a thread of its own, some portions before they are asked for.
///
/// They are those of `RowCursor` in the same order, and what it throws is thrown where it would be. A file of few rows, or
/// one for which there are to be no more threads, is read when its rows are asked for. For one thread at a time.
package final class RowsAhead {
  /// What lies between the two threads.
  private struct Shelf {
    var portions: [Result<RowPortion, IntakeError>] = []
    /// Nobody asks any more.
    var isLeft = false
  }

  /// Rows of a portion at most, bytes of them, about, and how many portions lie ready at most. As many may have been taken
  /// and not asked for, and one is being read: nine portions at most.
  private static let portion = 512
  private static let bytes = 1 << 18
  private static let most = 4

  /// A cursor that is read when its rows are asked for.
  private final class Place {
    var cursor: RowCursor
    init(_ cursor: consuming RowCursor) { self.cursor = cursor }
  }

  private let intake: Intake
  private let check: FileCheck
  private let shelf = Monitor(Shelf())
  /// Since the first rows were asked for.
  private var thread: BackgroundThread?
  private var place: Place?
  /// What was taken from the shelf, all at once, so that the two threads seldom wake each other; and how many portions of it
  /// were asked for.
  private var taken: [Result<RowPortion, IntakeError>] = []
  private var asked = 0
  private var isOver = false

  init(_ intake: Intake, _ check: FileCheck) {
    self.intake = intake
    self.check = check
  }

  deinit {
    shelf.change { $0.isLeft = true }
    thread?.join()
  }

  /// The next rows; none at the end.
  ///
  /// - Throws: what `RowCursor.next(limit:)` throws; nothing comes after that.
  package func next() throws(IntakeError) -> RowPortion {
    if thread == nil, place == nil { begin() }
    if let place { return try place.cursor.nextPortion(limit: Self.portion, bytes: Self.bytes) }
    guard !isOver else { return RowPortion(of: check, rows: 0) }
    if asked == taken.count { takeAll() }
    asked += 1
    switch taken[asked - 1] {
    case .success(let portion):
      isOver = portion.rows.isEmpty
      return portion
    case .failure(let error):
      isOver = true
      throw error
    }
  }

  private func begin() {
    let isLong = check.recordsRead > 2 * Self.portion && intake.options.threads > 1
    if isLong { thread = BackgroundThread { [shelf, intake, check] in Self.fill(shelf, with: intake.rows(check)) } }
    if thread == nil { place = Place(intake.rows(check)) }
  }

  private func takeAll() {
    (taken, asked) = ([], 0)
    taken = shelf.wait { $0.portions.isEmpty ? nil : $0.portions }
    shelf.change { $0.portions.removeFirst(taken.count) }
  }

  private static func fill(_ shelf: Monitor<Shelf>, with rows: consuming RowCursor) {
    while true {
      let next = Result { () throws(IntakeError) in try rows.nextPortion(limit: portion, bytes: bytes) }
      let goesOn = shelf.wait { shelf -> Bool? in
        if shelf.isLeft { return false }
        return shelf.portions.count < most ? true : nil
      }
      guard goesOn else { return }
      shelf.change { $0.portions.append(next) }
      guard case .success(let portion) = next, !portion.rows.isEmpty else { return }
    }
  }
}
