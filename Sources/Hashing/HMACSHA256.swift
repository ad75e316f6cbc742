import CLibcrypto

/// HMAC-SHA256 (RFC 2104, RFC 4231) under one key, by libcrypto's EVP_MAC.
///
/// Keep one for a key and use it again after `finish()`. Not for several threads at once. Traps where libcrypto fails,
/// which it does only when memory ran out or the algorithm was configured away.
package final class HMACSHA256 {
  nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else { fatalError("libcrypto has no HMAC") }
    return algorithm
  }()

  private let context: OpaquePointer

  /// A code under `key`, of any length.
  package init(key: [UInt8]) {
    guard let context = EVP_MAC_CTX_new(Self.algorithm) else { fatalError("libcrypto: no memory for an HMAC context") }
    self.context = context
    // A null key means "the key set before": an empty one needs an address all the same.
    let material = key.isEmpty ? [0] : key
    // A parameter holds the address of its name too, not only that of its value (OSSL_PARAM(3)).
    let result = OSSL_MAC_PARAM_DIGEST.withCString { digest in
      "SHA256".withCString { name in
        let parameters = [
          OSSL_PARAM_construct_utf8_string(digest, UnsafeMutablePointer(mutating: name), 0), OSSL_PARAM_construct_end(),
        ]
        return EVP_MAC_init(context, material, key.count, parameters)
      }
    }
    Self.check(result)
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    Self.check(EVP_MAC_update(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }

  /// Adds bytes.
  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The code of the bytes since the last `finish()`; starts again under the same key.
  package func finish() -> SHA256Digest {
    let code = withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { memory in
      var count = 0
      let start = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
      Self.check(EVP_MAC_final(context, start, &count, memory.count))
      return SHA256Digest(raw: UnsafeRawBufferPointer(memory))
    }
    Self.check(EVP_MAC_init(context, nil, 0, nil))
    return code
  }

  private static func check(_ result: CInt) {
    guard result == 1 else { fatalError("libcrypto: HMAC-SHA256 failed") }
  }
}
