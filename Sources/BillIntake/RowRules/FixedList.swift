/// A list that is never changed, read without counting references: for the loops over all rows, on several threads.
final class FixedList<Element: BitwiseCopyable>: @unchecked Sendable {
  private let elements: UnsafeMutableBufferPointer<Element>

  init(_ elements: [Element]) {
    self.elements = .allocate(capacity: elements.count)
    _ = self.elements.initialize(from: elements)
  }

  deinit { elements.deallocate() }

  /// Holds as long as the list does.
  @inline(__always)
  var view: UnsafeBufferPointer<Element> { UnsafeBufferPointer(elements) }
}
