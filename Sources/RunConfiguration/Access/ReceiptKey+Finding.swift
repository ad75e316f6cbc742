package import BillReports
import DurableFiles
package import FileRuns

extension ReceiptKey {
  /// The key in a file, or else in the environment variable `BILLDROP_RECEIPT_KEY`; `nil` where neither is said.
  package static func find(file: String?, environment: [String: String]) throws(RunFault) -> ReceiptKey? {
    guard let file else {
      guard let text = environment["BILLDROP_RECEIPT_KEY"], !text.isEmpty else { return nil }
      guard let key = ReceiptKey(Array(text.utf8)) else { throw .receiptKey(file: nil) }
      return key
    }
    let bytes: [UInt8]
    do throws(SmallFileFault) { bytes = try SmallFile(path: file, mostBytes: 4096).bytes } catch {
      throw .noReceiptKey(error)
    }
    guard let key = ReceiptKey(bytes) else { throw .receiptKey(file: file) }
    return key
  }
}
