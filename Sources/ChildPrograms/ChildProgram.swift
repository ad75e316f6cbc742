import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that another one runs, without a shell: what comes out of it is read from here, what it complains of is
/// kept for messages.
///
/// It is a process group of its own, so that a key pressed at a terminal doesn't reach it; it is killed with its last
/// reference. It never gets a variable that is withheld. For one thread at a time.
package final class ChildProgram {
  /// Where its standard input comes from.
  package enum Input {
    case nothing
    /// A file, open from its beginning, so that it can be searched too.
    case file(String)
    /// A pipe: what is given to `finish`.
    case pipe
  }

  /// Bytes of its last words that are kept, and characters of them that are told.
  private static let mostWords = 2048
  private static let mostTold = 200
  /// How long its last words are waited for once it has ended: something that it started may hold its outputs open for ever.
  private static let lingering = Duration.seconds(1)

  private let name: String
  private var process: pid_t = 0
  private var input: CInt = -1
  private var output: CInt = -1
  private var errors: CInt = -1
  private var words: [UInt8] = []
  private var status: CInt?

  /// Starts `command`: the program, looked for on PATH where its name has no slash, and its arguments.
  package init(_ command: [String], input: Input) throws(ChildProgramError) {
    name = command.first ?? ""
    let source = try Self.open(input, name)
    let (outRead, outWrite) = try Self.pipe(name)
    let (errRead, errWrite) = try Self.pipe(name)
    (output, errors, self.input) = (outRead, errRead, source.ours)
    let code = Self.spawn(command, [source.theirs, outWrite, errWrite], &process)
    for descriptor in [source.theirs, outWrite, errWrite] { close(descriptor) }
    guard code == 0 else {
      process = 0
      throw ChildProgramError(program: name, message: "\(name) can't be started: \(String(cString: strerror(code))).")
    }
  }

  deinit {
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    if process > 0, status == nil {
      kill(-process, SIGKILL)
      _ = wait()
    }
  }

  /// Fills `buffer` with what the program prints; fewer bytes than asked for mean its end.
  ///
  /// - Parameter isCancelled: Asked a few dozen times a second; after a yes what was read so far comes back.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer, isCancelled: () -> Bool = { false }
  ) -> Int {
    var filled = 0
    while filled < buffer.count, output >= 0 {
      waitForBytes()
      if isCancelled() { return filled }
      takeWords()
      let count = readSome(output, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 {
        close(output)
        output = -1
      }
      filled += max(count, 0)
    }
    return filled
  }

  /// Gives the program what its input still lacks, and waits for its end; throws where it failed, with its last words. What
  /// it has started and left behind isn't waited for, and goes on.
  ///
  /// - Parameters:
  ///   - bytes: For a pipe; a program that doesn't read them is free to.
  ///   - seconds: After which it is killed, whatever it has closed by then.
  ///   - isCancelled: Asked a few dozen times a second; after a yes it is killed.
  package func finish(
    giving bytes: [UInt8] = [], within seconds: Double = .infinity, isCancelled: () -> Bool = { false }
  ) throws(ChildProgramError) {
    let end = ContinuousClock.now + .seconds(min(seconds, 1e9))
    var rest = bytes[...]
    var endOfWords: ContinuousClock.Instant?
    while true {
      if input >= 0 { give(&rest) }
      takeWords()
      drop(&output)
      if hasEnded {
        if endOfWords == nil { endOfWords = .now + Self.lingering }
        if output < 0 && errors < 0 || endOfWords.map({ .now >= $0 }) == true { break }
      } else {
        guard ContinuousClock.now < end else {
          throw ended("took longer than \(Int(seconds)) s and was ended")
        }
        if isCancelled() { throw ended("was ended") }
      }
      waitForBytes()
    }
    let status = wait()
    let (signal, code) = (status & 0x7F, (status >> 8) & 0xFF)
    guard signal != 0 || code != 0 else { return }
    let how = signal != 0 ? "was ended by signal \(signal)" : "failed with exit code \(code)"
    throw ChildProgramError(program: name, message: "\(name) \(how)\(lastWords).")
  }

  /// Writes what fits into its input, and ends that where nothing is left, or the program takes no more.
  private func give(_ rest: inout ArraySlice<UInt8>) {
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      rest = count > 0 ? rest.dropFirst(count) : []
    }
    close(input)
    input = -1
  }

  /// Ends the program and all that it has started; what is to be said of it.
  private func ended(_ how: String) -> ChildProgramError {
    kill(-process, SIGKILL)
    _ = wait()
    return ChildProgramError(program: name, message: "\(name) \(how).")
  }

  /// Whether the program has ended, which it may have not though nothing more can come from it.
  private var hasEnded: Bool {
    if status != nil { return true }
    var found: CInt = 0
    guard waitpid(process, &found, WNOHANG) == process else { return false }
    status = found
    return true
  }

  private func wait() -> CInt {
    if let status { return status }
    var found: CInt = 0
    while waitpid(process, &found, 0) < 0, errno == EINTR {}
    status = found
    return found
  }

  // MARK: Its words

  /// What it printed last to its standard error, on one line: the end of it, masked, since it may be what it was given.
  private var lastWords: String {
    let text = String(decoding: words, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).suffix(4).map(String.init).joined(separator: "; ")
    if lines.isEmpty { return "" }
    let told = Masking.oneLine(Masking.complaint(lines))
    return ": " + (told.count > Self.mostTold ? "…" + told.suffix(Self.mostTold) : told)
  }

  private func takeWords() {
    guard errors >= 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { bytes in
      let count = readSome(errors, bytes)
      if count == 0 {
        close(errors)
        errors = -1
      }
      guard count > 0 else { return }
      words += UnsafeRawBufferPointer(rebasing: bytes[..<count])
      if words.count > Self.mostWords { words.removeFirst(words.count - Self.mostWords) }
    }
  }

  private func drop(_ descriptor: inout CInt) {
    guard descriptor >= 0 else { return }
    let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { readSome(descriptor, $0) }
    guard count == 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  /// Reads what is there; 0 at the end, -1 where nothing is there yet.
  private func readSome(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno == EINTR { continue }
      return errno == EAGAIN ? -1 : 0
    }
  }

  /// Waits a moment for bytes, or for room for them; a shorter one where nothing but the program's end is still to come.
  private func waitForBytes() {
    var wanted = [output, errors].filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let isOver = wanted.isEmpty
    if input >= 0 { wanted.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    _ = poll(&wanted, nfds_t(wanted.count), isOver ? 2 : 20)
  }
}

/// The system's calls, whose names the methods have.
private func systemRead(_ descriptor: CInt, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
