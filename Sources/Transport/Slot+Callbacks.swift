import CLibcurl

// What libcurl calls on the client's thread while a transfer is under way. Functions of the file, not closures: a
// closure handed to C may be taken for one of the main actor's. The context is always the slot.

extension Slot {
  /// Tells libcurl whom to call, and where to find the slot.
  func attachCallbacks() throws(HTTPClientError) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try easy.set(CURLOPT_PRIVATE, pointer: context)
    try easy.set(CURLOPT_HEADERFUNCTION, sink: takeHeadLine)
    try easy.set(CURLOPT_HEADERDATA, pointer: context)
    try easy.set(CURLOPT_WRITEFUNCTION, sink: takeBody)
    try easy.set(CURLOPT_WRITEDATA, pointer: context)
    try easy.set(prereq: allowSend)
    try easy.set(CURLOPT_PREREQDATA, pointer: context)
  }

  /// The slot whose address libcurl was given.
  static func at(_ context: UnsafeMutableRawPointer) -> Slot {
    Unmanaged<Slot>.fromOpaque(context).takeUnretainedValue()
  }
}

/// Takes a line of the answer's head, whole; fewer bytes taken than given end the transfer.
private func takeHeadLine(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return Slot.at(context).incoming.takeHeadLine(line) ? line.count : 0
}

/// Takes a piece of the answer's body; fewer bytes taken than given end the transfer.
private func takeBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return Slot.at(context).incoming.takeBody(piece) ? piece.count : 0
}

/// Lets a transfer's request go out once. libcurl would send it again, unasked, when a connection that it used before
/// turns out dead: the second time ends the transfer, since whether to repeat is not the transport's to say.
private func allowSend(
  _ context: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?, _: UnsafeMutablePointer<CChar>?, _: CInt,
  _: CInt
) -> CInt {
  guard let context else { return CInt(CURL_PREREQFUNC_ABORT) }
  return Slot.at(context).incoming.countSend() == 1 ? CInt(CURL_PREREQFUNC_OK) : CInt(CURL_PREREQFUNC_ABORT)
}
