/// A list of plain elements that keeps its memory when it is emptied: adding where there is room counts no references.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class PlainList<Element: BitwiseCopyable>: @unchecked Sendable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Holds until something is added.
  var view: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  func removeAll() { count = 0 }

  func append(_ element: Element) {
    append(atMost: 1) { room in
      room.initialize(to: element)
      return 1
    }
  }

  /// Adds elements that `body` writes, from where it is told on; it says how many.
  @inline(__always)
  func append(atMost most: Int, _ body: (UnsafeMutablePointer<Element>) -> Int) {
    if count &+ most > capacity { grow(to: count + most) }
    count &+= body(base + count)
  }

  @inline(never)
  private func grow(to needed: Int) {
    capacity = max(needed, capacity * 2)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
  }
}
