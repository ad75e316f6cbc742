/// Plain values in memory that is never changed, read without counting references: for the loops over all records, on
/// several threads.
final class FixedBytes<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The first of them; holds as long as this does.
  let base: UnsafePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { (copy + index).initialize(to: element) }
    base = UnsafePointer(copy)
    count = elements.count
  }

  deinit { base.deallocate() }

  var view: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  @inline(__always)
  subscript(index: Int) -> Element { base[index] }
}
