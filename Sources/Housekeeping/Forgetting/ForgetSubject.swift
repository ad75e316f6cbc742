import Drops
import DurableFiles
package import FileRuns
import Hashing

/// A file that is meant: by its name, or by its bytes.
package struct ForgetSubject: Hashable, Sendable {
  /// Its name, or the first 12 digits of its digest: by these reports and ledgers know it.
  let word: String
  /// As it was asked for.
  package let asked: String
  /// How many bytes it has, where it is known by them.
  var byteCount: Int64?

  /// - Parameter word: A name, or the first 12 digits of a digest.
  package init(word: String) { (self.word, asked) = (word, word) }

  /// The file at a path: by its bytes, since another one of its name may lie elsewhere.
  package init(path: String) throws(RunFault) {
    do throws(SmallFileFault) { try SmallFile.mustBeFile(path) } catch { throw .unreadable(error) }
    asked = path
    do throws(DropError) { word = try FileDigests.sha256(ofFile: path).short } catch { throw .drop(error) }
    byteCount = try ForgetPlan.onDisk { () throws(FileError) in try FileGlimpse(path: path, headLimit: 0)?.byteCount }
  }

  /// Whether it is known by its bytes: then a name alone says nothing.
  var isOfBytes: Bool { byteCount != nil || word.count == 12 && word.allSatisfy { $0.isHexDigit && !$0.isUppercase } }
}
