import BillModel
package import Hashing

/// The key of a POST (rule 1): a UUIDv8 over all that makes two requests the same one.
///
/// A restarted process computes the same key; whatever differs in environment, path, reference, wire body or epoch
/// gives another one.
package struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
  package let uuid: UUIDv8

  /// The key of a POST to `path` about `reference` with the body of this digest, in this epoch (from 1).
  init(
    environment: EnvironmentStamp, path: String, reference: String, bodyDigest: SHA256Digest, epoch: Int,
    text: DigestedText
  ) {
    text.add(environment.origin)
    text.add(environment.mode.rawValue)
    text.add(environment.merchant)
    text.add("POST")
    text.add(path)
    text.add(reference)
    text.add(bodyDigest)
    text.add(UInt64(8))
    text.add(UInt64(epoch))
    uuid = UUIDv8(text.digest())
  }

  /// 36 characters, fit for the header `Idempotency-Key` (`^[a-zA-Z0-9-]+$`, at most 255).
  package var description: String { uuid.description }
}
