import BillLayouts

/// A layout file: read, written in its canonical form, and read from that.
struct LayoutInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What says all that a layout means is, under any name, a layout that means the same.
  private static func check(_ canonical: String) {
    let again = try? Layout(json: Array(#"{"name":"again",\#(canonical.dropFirst())"#.utf8))
    precondition(again?.canonical == canonical, "a canonical form that means something else")
  }

  func run() {
    do throws(LayoutError) {
      let layout = try Layout(json: bytes)
      // Only what a file has that names no layout is without one.
      let isStandard = if case .headings = layout.columns { true } else { false }
      precondition(layout.canonical != nil || isStandard, "a layout without a canonical form")
      _ = FileReading(layout)
      if let canonical = layout.canonical { Self.check(canonical) }
    } catch {
      if case .mistakes(let mistakes) = error { precondition(!mistakes.isEmpty, "refused without a mistake") }
    }
  }
}
