/// How a user shows the server who he is.
package enum SFTPLogin: Hashable, Sendable {
  /// A private key in a file, with its passphrase where it has one.
  case keyFile(String, passphrase: String?)
  case password(String)
  /// The agent that SSH_AUTH_SOCK leads to.
  case agent
}
