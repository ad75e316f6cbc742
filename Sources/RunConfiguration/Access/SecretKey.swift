package import BillModel
import DurableFiles
package import FileRuns
package import Transport

/// The merchant's API key. It never shows itself: its description and its mirror name the kind alone.
package struct SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// What goes into the `Authorization` header.
  package let bearer: BearerKey
  package let mode: EnvironmentStamp.Mode

  /// Judges the text of a key; white space around it is dropped, since files end in a line feed.
  package init(_ text: String) throws(SecretKeyError) {
    let end = text.reversed().drop(while: \.isWhitespace)
    let key = String(String(end.reversed()).drop(while: \.isWhitespace))
    guard !key.isEmpty else { throw .missing() }
    guard !key.hasPrefix("pk_") else { throw .publicKey }
    guard key.hasPrefix("sk_"), let bearer = BearerKey(key) else { throw .notAKey }
    self.bearer = bearer
    mode = key.hasPrefix("sk_test_") ? .test : .live
  }

  /// Reads the key from a file, or else from the environment variable `MOMENT_API_KEY`.
  package static func find(file: String?, environment: [String: String]) throws(SecretKeyError) -> SecretKey {
    guard let file else { return try SecretKey(environment["MOMENT_API_KEY"] ?? "") }
    let text: String
    do throws(SmallFileFault) { text = try SmallFile(path: file, mostBytes: 4096).text } catch {
      throw .unreadable(error)
    }
    guard text.contains(where: { !$0.isWhitespace }) else { throw .empty(path: file) }
    return try SecretKey(text)
  }

  package var description: String { mode == .test ? "test key" : "live key" }

  package var customMirror: Mirror { Mirror(self, children: ["mode": mode]) }
}
