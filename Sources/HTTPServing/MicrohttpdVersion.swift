import CMicrohttpd

/// The libmicrohttpd that this process loads when it serves.
package enum MicrohttpdVersion {
  package static var text: String { String(cString: MHD_get_version()) }
}
