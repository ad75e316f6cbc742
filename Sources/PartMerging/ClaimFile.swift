import DurableFiles
import Hashing

/// A file of claims that was read through once: whole, and by its own digest undamaged.
final class ClaimFile {
  /// A run of sorted entries.
  struct Run {
    let kind: UInt64
    /// Of its first entry, in bytes.
    let offset: Int
    let count: Int
  }

  let header: ClaimHeader
  let runs: [Run]
  /// How many of its rows stand.
  let standing: Int
  let file: PartFile

  init(path: String) throws(PartFault) {
    file = try PartFile(path: path)
    let opening = try file.bytes(at: 0, count: ClaimHeader.byteCount)
    guard let header = ClaimHeader(opening) else {
      throw .damaged(path: path, why: "it is no file of claims that this version knows")
    }
    self.header = header
    var runs: [Run] = []
    var standing = 0
    let digest = SHA256Hasher()
    digest.update(opening)
    var offset = ClaimHeader.byteCount
    while true {
      let head = try file.bytes(at: offset, count: 16)
      guard head.count == 16 else { throw .damaged(path: path, why: "it is cut") }
      let kind: UInt64 = head.withUnsafeBytes { $0.integer(at: 0) }
      let entries: UInt64 = head.withUnsafeBytes { $0.integer(at: 8) }
      digest.update(head)
      offset += 16
      if kind == ClaimWriter.endKind {
        guard try file.bytes(at: offset, count: 33) == digest.finish().bytes, entries == UInt64(runs.count) else {
          throw .damaged(path: path, why: "its digest is another one")
        }
        break
      }
      guard kind == PartClaim.kind || kind == PartOwner.kind, entries <= UInt64(file.byteCount) else {
        throw .damaged(path: path, why: "it has an unknown run")
      }
      let run = Run(kind: kind, offset: offset, count: Int(entries))
      runs.append(run)
      offset = try Self.pass(run, file, digest, &standing)
    }
    self.runs = runs
    self.standing = standing
  }

  /// Digests a run and counts its rows that stand; where it ends.
  private static func pass(
    _ run: Run, _ file: PartFile, _ digest: SHA256Hasher, _ standing: inout Int
  ) throws(PartFault) -> Int {
    let size = run.kind == PartClaim.kind ? PartClaim.byteCount : PartOwner.byteCount
    let end = run.offset + run.count * size
    var offset = run.offset
    while offset < end {
      let bytes = try file.bytes(at: offset, count: min(size * 8192, end - offset))
      guard !bytes.isEmpty, bytes.count % size == 0 else { throw .damaged(path: file.path, why: "it is cut") }
      digest.update(bytes)
      offset += bytes.count
      guard run.kind == PartClaim.kind else { continue }
      let areAmounts = bytes.withUnsafeBytes { buffer in
        var areAmounts = true
        for start in stride(from: 0, to: buffer.count, by: size) {
          let claim = PartClaim(UnsafeRawBufferPointer(rebasing: buffer[start..<start + size]))
          standing += claim.stands ? 1 : 0
          if claim.stands, !(-PartClaim.mostAmount...PartClaim.mostAmount).contains(claim.amount) { areAmounts = false }
        }
        return areAmounts
      }
      guard areAmounts else { throw .damaged(path: file.path, why: "it has an amount that no bill has") }
    }
    return end
  }
}
