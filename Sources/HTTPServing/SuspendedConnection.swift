/// A connection of libmicrohttpd that waits. The library's calls on it are safe from any thread until it was resumed.
struct SuspendedConnection: @unchecked Sendable {
  let pointer: OpaquePointer
}
