import BillModel
import DurableFiles
import FileRuns
import RunConfiguration

/// Whether there is a key, of which kind, and whether it is kept well. What the API says of it is told with the API.
struct KeyHealth {
  let account: AccountSettings
  let environment: [String: String]

  /// What was found, and the key where there is one that could be used.
  func examine() -> ([HealthFinding], SecretKey?) {
    let file = account.keyPath(environment)
    let place = file.map { "the file \($0)" } ?? "MOMENT_API_KEY"
    do throws(SecretKeyError) {
      let key = try SecretKey.find(file: file, environment: environment)
      return ([kind(of: key, from: place)] + (file.map(guarding) ?? []), key)
    } catch {
      return ([HealthFinding(.key, .fault, Self.trouble(error, in: place), cure: cure(error))], nil)
    }
  }

  private func kind(of key: SecretKey, from place: String) -> HealthFinding {
    guard key.mode == .live, !account.allowsLiveKey else {
      return .ok(.key, "There is a \(key.mode.rawValue) key, from \(place).")
    }
    return HealthFinding(
      .key, .warning, "There is a live key, from \(place), and no leave to use it.",
      cure: "Its bills reach payers: say --live, or \"live\": true in the configuration, if you mean that.")
  }

  private func guarding(_ file: String) -> [HealthFinding] {
    guard let mode = FileMode.of(file), mode & 0o077 != 0 else { return [] }
    return [HealthFinding(.key, .warning, "Others may read the key file \(file).", cure: "chmod 600 \(file)")]
  }

  private func cure(_ error: SecretKeyError) -> String {
    var error = error
    if case .missing = error { error = .missing(isConfigured: account.isConfigured) }
    let words = error.explanation
    return words.hasPrefix("No key. ") ? String(words.dropFirst(8)) : words
  }

  private static func trouble(_ error: SecretKeyError, in place: String) -> String {
    switch error {
    case .missing: "There is no key in \(place)."
    case .empty: "There is nothing in \(place)."
    case .publicKey: "The key in \(place) is a public one."
    case .notAKey: "What is in \(place) is no secret key of Moment."
    case .unreadable(let fault): "The key can't be read from \(place): \(fault.reason)."
    case .liveNotAllowed: "The key in \(place) is a live one."
    }
  }
}
