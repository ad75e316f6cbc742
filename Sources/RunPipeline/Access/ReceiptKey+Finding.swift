package import BillReports
import DurableFiles

extension ReceiptKey {
  /// The key in a file, or else in the environment variable `BILLDROP_RECEIPT_KEY`; `nil` where neither is said.
  package static func find(file: String?, environment: [String: String]) throws(RunFault) -> ReceiptKey? {
    guard let file else {
      guard let text = environment["BILLDROP_RECEIPT_KEY"], !text.isEmpty else { return nil }
      guard let key = ReceiptKey(Array(text.utf8)) else { throw .receiptKey(file: nil) }
      return key
    }
    let glimpse: FileGlimpse?
    do throws(FileError) { glimpse = try FileGlimpse(path: file, headLimit: 4096) } catch { throw .file(error) }
    guard let glimpse, let key = ReceiptKey(glimpse.head) else { throw .receiptKey(file: file) }
    return key
  }
}
