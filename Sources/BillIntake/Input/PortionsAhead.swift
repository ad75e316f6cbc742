import Threads

/// Portions of something long, made by a thread of its own, some before they are asked for.
///
/// What making one throws is thrown where the portion would be, and nothing comes after that. Where it isn't worth a thread,
/// or the system gives none, each is made when it is asked for. For one thread at a time.
package final class PortionsAhead<Portion: Sendable, Fault: Error> {
  /// Makes the next portion; `nil` at the end.
  package typealias Maker = () throws(Fault) -> Portion?

  /// What lies between the two threads.
  private struct Shelf {
    var portions: [Result<Portion?, Fault>] = []
    /// Nobody asks any more.
    var isLeft = false
  }

  private let begin: @Sendable () -> Maker
  /// How many portions lie ready at most. As many may have been taken and not asked for, and one is being made.
  private let most: Int
  /// Whether it is worth a thread.
  private let isLong: Bool
  private let shelf = Monitor(Shelf())
  /// Since the first portion was asked for.
  private var thread: BackgroundThread?
  private var maker: Maker?
  /// What was taken from the shelf and not asked for yet, the last first: all at once, so that the two threads seldom wake
  /// each other.
  private var taken: [Result<Portion?, Fault>] = []
  private var isOver = false

  /// - Parameter begin: Gives what makes the portions, to the thread that will do so.
  package init(isLong: Bool, most: Int, _ begin: @escaping @Sendable () -> Maker) {
    self.isLong = isLong
    self.most = most
    self.begin = begin
  }

  deinit { end() }

  /// Asks for no more; nothing is made any longer when it returns.
  package func end() {
    isOver = true
    shelf.change { $0.isLeft = true }
    thread?.join()
    thread = nil
  }

  /// The next portion; `nil` at the end.
  package func next() throws(Fault) -> Portion? {
    if isOver { return nil }
    if thread == nil, maker == nil { start() }
    do throws(Fault) {
      let next = if let maker { try maker() } else { try fromShelf().get() }
      isOver = next == nil
      return next
    } catch {
      isOver = true
      throw error
    }
  }

  private func start() {
    if isLong {
      thread = BackgroundThread { [shelf, begin, most] in Self.fill(shelf, by: begin(), most: most) }
    }
    if thread == nil { maker = begin() }
  }

  /// Nothing else holds a portion that is handed on: it can be changed where it lies.
  private func fromShelf() -> Result<Portion?, Fault> {
    if taken.isEmpty {
      taken = shelf.wait { $0.portions.isEmpty ? nil : $0.portions.reversed() }
      shelf.change { $0.portions.removeFirst(taken.count) }
    }
    return taken.removeLast()
  }

  private static func fill(_ shelf: Monitor<Shelf>, by maker: Maker, most: Int) {
    while true {
      let next = Result { () throws(Fault) in try maker() }
      let goesOn = shelf.wait { shelf -> Bool? in
        if shelf.isLeft { return false }
        return shelf.portions.count < most ? true : nil
      }
      guard goesOn else { return }
      shelf.change { $0.portions.append(next) }
      guard case .success(.some) = next else { return }
    }
  }
}
