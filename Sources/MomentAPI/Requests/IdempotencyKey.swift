import BillModel
package import Hashing

/// The key of a POST (rule 1): a UUIDv8 over all that makes two requests the same one.
///
/// A restarted process computes the same key; whatever differs in environment, path, reference, wire body or epoch
/// gives another one.
package struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
  package let uuid: UUIDv8

  /// The key of a POST to `path` about `reference` with the body of this digest, in this epoch (from 1). `hasher` must have
  /// finished.
  init(
    environment: EnvironmentStamp, path: String, reference: String, bodyDigest: SHA256Digest, epoch: Int,
    hasher: SHA256Hasher
  ) {
    hasher.updateLengthPrefixed(environment.origin)
    hasher.updateLengthPrefixed(environment.mode.rawValue)
    hasher.updateLengthPrefixed(environment.merchant)
    hasher.updateLengthPrefixed("POST")
    hasher.updateLengthPrefixed(path)
    hasher.updateLengthPrefixed(reference)
    hasher.updateLengthPrefixed(bodyDigest)
    hasher.update(UInt64(8))
    hasher.update(UInt64(epoch))
    uuid = UUIDv8(hasher.finish())
  }

  /// 36 characters, fit for the header `Idempotency-Key` (`^[a-zA-Z0-9-]+$`, at most 255).
  package var description: String { uuid.description }
}
