import Hashing

/// What a notice is known by: the same whenever the same is told again, so that whoever gets it twice can tell.
enum NoticeID {
  static func text(_ ledger: String, _ subject: String, _ state: String) -> String {
    let hasher = SHA256Hasher()
    for part in [ledger, subject, state] { hasher.updateLengthPrefixed(part) }
    return "msg_" + hasher.finish().hex.prefix(32)
  }
}
