// What libmicrohttpd calls on its own thread. These are global functions because a closure would take on the isolation
// of the place where it is written, which Swift then checks on a thread that isn't its own.
import CMicrohttpd

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
    core.receive(UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee), in: exchange)
    pieceSize.pointee = 0
    return .proceed
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
  Unmanaged<ServiceCore>.fromOpaque(context).takeUnretainedValue().finish(exchange)
}
