import BillLayouts

/// A layout file: read, and written in its canonical form.
struct LayoutInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    do throws(LayoutError) {
      let layout = try Layout(json: bytes)
      // Only what a file has that names no layout is without one.
      let isStandard = if case .headings = layout.columns { true } else { false }
      precondition(layout.canonical != nil || isStandard, "a layout without a canonical form")
      _ = FileReading(layout)
    } catch {
      if case .mistakes(let mistakes) = error { precondition(!mistakes.isEmpty, "refused without a mistake") }
    }
  }
}
