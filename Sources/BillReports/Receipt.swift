package import BillModel
package import Hashing

/// What a finished file leaves for those who ask months later: `receipt.json` (`schemas/receipt.schema.json`).
///
/// It says nothing that file and ledger don't say again: made anew from them it has the same bytes, and that is how it
/// is checked. Its form is that of version 1 and never changes; another one gets another number.
package struct Receipt: Sendable {
  package var fileName: String
  package var byteCount: Int64
  package var digest: SHA256Digest
  package var layoutName: String
  package var layoutDigest: SHA256Digest
  package var duplicates: String
  package var feed: String
  package var environment: EnvironmentStamp
  package var recordsValid: Int
  package var accounting: Accounting
  /// When the file was taken, and when its last row was settled.
  package var startedAt: WallTime
  package var completedAt: WallTime
  package var rows: SHA256Digest

  package init(
    fileName: String, byteCount: Int64, digest: SHA256Digest, layoutName: String, layoutDigest: SHA256Digest,
    duplicates: String, feed: String, environment: EnvironmentStamp, recordsValid: Int, accounting: Accounting,
    startedAt: WallTime, completedAt: WallTime, rows: SHA256Digest
  ) {
    self.fileName = fileName
    self.byteCount = byteCount
    self.digest = digest
    self.layoutName = layoutName
    self.layoutDigest = layoutDigest
    self.duplicates = duplicates
    self.feed = feed
    self.environment = environment
    self.recordsValid = recordsValid
    self.accounting = accounting
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.rows = rows
  }

  /// The file's bytes. Signed is what stands before `,\n  "signature"`.
  package func text(signedBy key: ReceiptKey?) -> [UInt8] {
    guard let key else { return json.utf8 + [0x0A] }
    let body = Array(json.utf8.dropLast(2))
    var signature = JSONText()
    signature.object { json in
      json.string("algorithm", "HMAC-SHA256")
      json.string("key", key.name)
      json.string("value", key.code(of: body).hex)
    }
    return body + Array(",\n  \"signature\": ".utf8) + signature.utf8 + Array("\n}\n".utf8)
  }

  private var json: JSONText {
    var json = JSONText(indents: true)
    json.object { json in
      json.integer("receipt", 1)
      json.object("file") {
        $0.string("name", fileName)
        $0.integer("bytes", byteCount)
        $0.string("sha256", digest.hex)
      }
      json.object("environment") {
        $0.string("origin", environment.origin)
        $0.string("mode", environment.mode.rawValue)
        $0.string("merchant", environment.merchant)
      }
      json.string("feed", feed)
      json.object("layout") {
        $0.string("name", layoutName)
        $0.string("sha256", layoutDigest.hex)
        $0.string("duplicates", duplicates)
      }
      json.object("records") {
        $0.integer("read", accounting.recordsRead)
        $0.integer("valid", recordsValid)
        $0.integer("invalid", accounting.recordsRead - recordsValid)
      }
      json.object("outcomes") { accounting.writeOutcomes(&$0) }
      json.object("money") { accounting.writeMoney(&$0) }
      json.string("started_at", startedAt.rfc3339)
      json.string("completed_at", completedAt.rfc3339)
      json.string("rows_sha256", rows.hex)
    }
    return json
  }
}
