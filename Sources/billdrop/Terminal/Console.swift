import BillModel
import Synchronization

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  import Darwin
#endif

/// Standard output for answers, standard error for messages; both written whole, retrying on interruption.
enum Console {
  /// Writes an answer to standard output; `false` where it could not be written: a closed pipe, or a full disk, of which a
  /// message tells.
  @discardableResult static func answer(_ text: String) -> Bool {
    clearLine()
    said.withLock { $0.hasAnswered = true }
    guard !emit(text, to: STDOUT_FILENO) else { return true }
    let code = errno
    if code != EPIPE {
      message(
        "billdrop: the answer can't be written to standard output (\(String(cString: strerror(code)))); what the command "
          + "did is done all the same")
    }
    errno = code
    return false
  }

  /// Writes a message to standard error, with a line feed; what would move a terminal's cursor becomes visible.
  static func message(_ text: String) {
    clearLine()
    let beginning = "billdrop: "
    if text.hasPrefix(beginning) { said.withLock { $0.message = String(text.dropFirst(beginning.count)) } }
    _ = emit(Masking.printable(text) + "\n", to: STDERR_FILENO)
  }

  /// Replaces the line on the terminal behind standard error, which stays until something else is printed.
  static func renewLine(_ text: String) {
    lineIsShown.store(true, ordering: .relaxed)
    _ = emit("\r\u{1B}[K" + text, to: STDERR_FILENO)
  }

  /// Takes that line away.
  static func clearLine() {
    guard lineIsShown.exchange(false, ordering: .relaxed) else { return }
    _ = emit("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// Whether a line on standard error can be renewed: a terminal that knows how.
  static var canRenewLine: Bool { isatty(STDERR_FILENO) == 1 && Place.environment("TERM") != "dumb" }

  /// How wide the terminal behind standard error is now.
  static var messageColumns: Int { Screen(descriptor: STDERR_FILENO).columns }

  /// Where answers are seen.
  static var answersScreen: Screen { Screen(descriptor: STDOUT_FILENO) }

  /// Writes an answer's bytes to standard output; `false` where nobody takes them any more.
  static func answer(_ bytes: UnsafeRawBufferPointer) -> Bool {
    said.withLock { $0.hasAnswered = true }
    return emit(bytes, to: STDOUT_FILENO)
  }

  /// The last message of the command, where it has written no answer; else `nil`.
  static var unansweredMessage: String? { said.withLock { $0.hasAnswered ? nil : $0.message } }

  /// Whether the last answer failed because its reader has left (`| head`), which is no fault.
  static var readerHasLeft: Bool { errno == EPIPE }

  private static func emit(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { emit(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  private static func emit(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

private let lineIsShown = Atomic<Bool>(false)
private let said = Mutex((hasAnswered: false, message: String?.none))
