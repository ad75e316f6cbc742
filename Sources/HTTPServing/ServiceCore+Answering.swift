import CMicrohttpd

extension ServiceCore {
  /// Hands the answer to libmicrohttpd, which sends it as the socket takes it.
  func queue(_ answer: HTTPAnswer, on connection: OpaquePointer) -> MHD_Result {
    guard let response = makeResponse(answer.body) else { return .close }
    defer { MHD_destroy_response(response) }
    for (name, value) in answer.headers {
      guard MHD_add_response_header(response, name, value) == .proceed else { return .close }
    }
    return MHD_queue_response(connection, UInt32(answer.status), response)
  }

  private func makeResponse(_ body: HTTPBody) -> OpaquePointer? {
    switch body {
    case .bytes(let bytes):
      return bytes.withUnsafeBytes { billdrop_mhd_response($0.baseAddress, $0.count) }
    case .stream(let next):
      return makeResponse(BodySource(next, atEnd: billdrop_mhd_end_of_stream()), size: billdrop_mhd_size_unknown())
    case .cut(let bytes, let count):
      let kept = Array(bytes.prefix(count))
      let source = BodySource(once(kept), atEnd: billdrop_mhd_end_with_error())
      return makeResponse(source, size: UInt64(bytes.count))
    }
  }

  private func makeResponse(_ source: BodySource, size: UInt64) -> OpaquePointer? {
    let context = Unmanaged.passRetained(source).toOpaque()
    return MHD_create_response_from_callback(size, 1 << 16, readBody, context, releaseBody)
  }
}

/// A stream of one piece.
private func once(_ bytes: [UInt8]) -> @Sendable () -> [UInt8]? {
  let piece = OneShot(bytes)
  return { piece.take() }
}
