import Foundation

/// A TCP socket on the loopback interface; closed with the object.
final class TCPSocket: @unchecked Sendable {
  let descriptor: Int32

  init() { descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func bind(port: Int) -> Bool {
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    return with(port) { Glibc.bind(descriptor, $0, $1) } == 0
  }

  func connect(port: Int) -> Bool { with(port) { Glibc.connect(descriptor, $0, $1) } == 0 }

  var localPort: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func with(_ port: Int, _ work: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { work($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
