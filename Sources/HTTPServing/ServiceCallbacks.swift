// What libmicrohttpd calls on its own thread. These are global functions because a closure would take on the isolation
// of the place where it is written, which Swift then checks on a thread that isn't its own.
import CMicrohttpd
import Synchronization

/// Called once when the headers have come, once for each piece of the body, and again when the request is whole or its
/// connection was resumed. https://www.gnu.org/software/libmicrohttpd/manual/libmicrohttpd.html#microhttpd_002dcb
func handleRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ piece: UnsafePointer<CChar>?,
  _ pieceSize: UnsafeMutablePointer<Int>?, _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let path, let method, let pieceSize, let own else { return .close }
  guard let known = own.pointee else {
    own.pointee = Unmanaged.passRetained(HTTPExchange()).toOpaque()
    return .proceed
  }
  let core = Unmanaged<ServiceCore>.fromOpaque(context).takeUnretainedValue()
  let exchange = Unmanaged<HTTPExchange>.fromOpaque(known).takeUnretainedValue()
  if pieceSize.pointee > 0 {
    let piece = UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee)
    pieceSize.pointee = 0
    return core.receive(piece, in: exchange)
  }
  return core.proceed(exchange, connection, method: String(cString: method), path: String(cString: path))
}

/// Called when a request has ended, in whatever way; gives back what `handleRequest` made.
func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let context, let own, let known = own.pointee else { return }
  own.pointee = nil
  let exchange = Unmanaged<HTTPExchange>.fromOpaque(known).takeRetainedValue()
  let core = Unmanaged<ServiceCore>.fromOpaque(context).takeUnretainedValue()
  core.finish(exchange)
  // Another request may follow.
  if let connection { core.wait(for: billdrop_mhd_connection_number(connection), on: billdrop_mhd_socket(connection)) }
}

/// How many connections this process has had, of all services together.
private let connectionCount = Atomic<UInt>(0)

/// Called when a connection has begun, which gets its number, and when it ends.
func connectionNotified(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_ConnectionNotificationCode
) {
  guard let context, let connection, let own else { return }
  let core = Unmanaged<ServiceCore>.fromOpaque(context).takeUnretainedValue()
  if billdrop_mhd_has_begun(code) != 0 {
    let number = connectionCount.add(1, ordering: .relaxed).newValue
    own.pointee = UnsafeMutableRawPointer(bitPattern: number)
    core.wait(for: UInt64(number), on: billdrop_mhd_socket(connection))
  } else {
    core.stopWaiting(for: UInt64(UInt(bitPattern: own.pointee)))
  }
}
