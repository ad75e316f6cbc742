import BillLayouts
import LayoutGuessing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that a layout is guessed of: what is complete must be a layout.
struct GuessInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    let path = "/tmp/billdrop-fuzz-guess-\(getpid()).csv"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { unlink(path) }
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    guard let guess = try? LayoutGuess(path: path, headings: ["external_reference", "amount_due", "currency"]) else {
      return
    }
    precondition(!guess.isIncomplete || guess.doubts > 0, "incomplete, and nothing is asked:\n\(guess.text)")
  }
}
