/// Why an address can't be the API's.
package enum EndpointError: Error {
  case malformed(String)
  case notEncrypted(String)

  /// What is wrong and what to do, in words.
  package var explanation: String {
    switch self {
    case .malformed(let text): "“\(text)” is no address of an API. It looks like \(Endpoint.moment)."
    case .notEncrypted(let text):
      "“\(text)” would send the key unencrypted. Use https; http goes to this machine itself only (127.0.0.1)."
    }
  }
}
