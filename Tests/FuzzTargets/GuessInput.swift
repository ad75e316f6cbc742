import BillLayouts
import LayoutGuessing
import Tabular

/// A file that a layout is guessed of: what is complete must be a layout.
struct GuessInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    let guess = try? LayoutGuess(name: "guess.csv", headings: ["external_reference", "amount_due", "currency"]) {
      ByteSource(bytes: bytes)
    }
    guard let guess else { return }
    precondition(!guess.isIncomplete || guess.doubts > 0, "incomplete, and nothing is asked:\n\(guess.text)")
  }
}
