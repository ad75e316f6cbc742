package import BillModel
package import Hashing

/// One of the parts that a joined summary is made of.
package struct PartFigures: Sendable {
  /// The part's file, without its folder.
  package var fileName: String
  package var byteCount: Int64
  package var digest: SHA256Digest
  package var verdict: Verdict
  package var recordsRead: Int
  package var recordsInvalid: Int
  /// Rows that stand in their part and not beside the others.
  package var recordsRejectedAcross: Int

  package init(
    fileName: String, byteCount: Int64, digest: SHA256Digest, verdict: Verdict, recordsRead: Int, recordsInvalid: Int,
    recordsRejectedAcross: Int = 0
  ) {
    (self.fileName, self.byteCount, self.digest, self.verdict) = (fileName, byteCount, digest, verdict)
    (self.recordsRead, self.recordsInvalid) = (recordsRead, recordsInvalid)
    self.recordsRejectedAcross = recordsRejectedAcross
  }

  func write(_ json: inout JSONText) {
    json.object {
      $0.string("name", fileName)
      $0.integer("bytes", byteCount)
      $0.string("sha256", digest.hex)
      $0.string("verdict", verdict.rawValue)
      $0.integer("read", recordsRead)
      $0.integer("invalid", recordsInvalid)
      $0.integer("rejected_across", recordsRejectedAcross)
    }
  }
}
