/// The digests of the bytes that are on disk, in front of everything that unpacks or decodes them. Used by one thread at
/// a time: by whoever reads.
final class SourceDigest {
  var digester = StreamDigester()
}
