/// How a service listens and what it bears.
package struct HTTPServiceOptions: Sendable {
  /// TCP port; 0 takes a free one, which `HTTPService.port` then tells.
  package var port: UInt16
  /// Listens on every interface instead of the loopback one alone.
  package var allInterfaces: Bool
  /// Most bytes of a request's body; a longer one is answered with 413 and never kept. 1 MiB unless told.
  package var bodyLimit: Int
  /// Most connections at once; further ones are closed as they come.
  package var connectionLimit: UInt32
  /// Seconds until an idle connection is closed; 0: never.
  package var idleSeconds: UInt32
  /// Bytes for the heads of a connection's request and answer, which are cleared for each request; 0: as many as the
  /// library takes, 32 KiB. A request with a longer head is refused.
  package var headBytes: Int
  /// Certificate and key, both PEM, to serve TLS; nil: plain HTTP.
  package var tls: TLSIdentity?

  package init(
    port: UInt16 = 0, allInterfaces: Bool = false, bodyLimit: Int = 1 << 20, connectionLimit: UInt32 = 16_384,
    idleSeconds: UInt32 = 0, headBytes: Int = 0, tls: TLSIdentity? = nil
  ) {
    self.port = port
    self.allInterfaces = allInterfaces
    self.bodyLimit = bodyLimit
    self.connectionLimit = connectionLimit
    self.idleSeconds = idleSeconds
    self.headBytes = headBytes
    self.tls = tls
  }
}
