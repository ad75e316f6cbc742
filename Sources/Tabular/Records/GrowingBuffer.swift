/// Owned memory that keeps its capacity when it is emptied. Nothing is initialised beyond `count`.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  /// The first element; moves when the buffer grows.
  private(set) var base: UnsafeMutablePointer<Element>
  /// How many elements are in use.
  var count = 0
  /// How many elements there is room for.
  private(set) var capacity: Int

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `needed` elements in all; keeps those in use.
  @inline(__always)
  mutating func reserve(_ needed: Int) {
    if needed > capacity { grow(to: needed) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
    capacity = larger
  }

  /// Adds one element.
  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(count + 1)
    base[count] = element
    count += 1
  }
}
