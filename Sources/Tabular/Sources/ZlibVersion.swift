import CZlib

/// The zlib that this process runs with.
package enum ZlibVersion {
  package static var text: String { String(cString: zlibVersion()) }
}
