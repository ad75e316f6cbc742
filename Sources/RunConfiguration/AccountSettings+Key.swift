package import BillModel
package import BillReports
package import FileRuns
import Transport

extension AccountSettings {
  /// The key: that of a file that was named, else the environment's `MOMENT_API_KEY`, else the credential's or the
  /// configured file's. A live one only where that is allowed (rule 26).
  package func key(_ environment: [String: String], file: String? = nil) throws(RunFault) -> SecretKey {
    do throws(SecretKeyError) {
      let key = try SecretKey.find(file: file ?? keyPath(environment), environment: environment)
      if key.mode == .live, !allowsLiveKey { throw .liveNotAllowed(isConfigured: isConfigured) }
      return key
    } catch {
      if case .missing = error { throw .key(.missing(isConfigured: isConfigured)) }
      throw .key(error)
    }
  }

  /// Which world its ledger belongs to.
  package func stamp(for key: SecretKey) throws(RunFault) -> EnvironmentStamp {
    do throws(HTTPClientError) {
      return EnvironmentStamp(origin: try HTTPBaseURL(endpoint).origin, mode: key.mode, merchant: merchant)
    } catch {
      throw .client(error)
    }
  }

  /// The key that receipts are signed with: the environment's `BILLDROP_RECEIPT_KEY`, else the credential's or the
  /// file's; `nil` where none is said.
  package func receiptKey(_ environment: [String: String]) throws(RunFault) -> ReceiptKey? {
    let isInEnvironment = environment["BILLDROP_RECEIPT_KEY"].map { !$0.isEmpty } ?? false
    let file = receiptKeyCredential.map { "\(environment["CREDENTIALS_DIRECTORY"] ?? "")/\($0)" } ?? receiptKeyFile
    return try ReceiptKey.find(file: isInEnvironment ? nil : file, environment: environment)
  }

  /// The file that the key is read from; `nil`: the environment's `MOMENT_API_KEY` has it.
  package func keyPath(_ environment: [String: String]) -> String? {
    if let key = environment["MOMENT_API_KEY"], !key.isEmpty { return nil }
    if let keyCredential { return "\(environment["CREDENTIALS_DIRECTORY"] ?? "")/\(keyCredential)" }
    return keyFile
  }
}
