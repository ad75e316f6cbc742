/// A conversion step in plain figures, to run on the bytes of a batch.
///
/// What a step does is said by `ConversionStep.apply`; this does the same for values that it can be done to without further
/// ado, and nothing for others, which then go that way.
enum ByteStep: BitwiseCopyable {
  case trim
  case upper
  case lower
  case stripZeros
  case amount(ByteAmount)
  case date(ByteDate)
  case phone(BytePhone)
  case pad(width: Int32, with: UInt8, isBefore: Bool)
  case restoreZeros(width: Int32)
  case width(Int32)
  /// From the left; of several that begin alike the first in the list.
  case replace(ByteRange)
  /// Sorted by `from`. `nil`: all else can't be converted.
  case map(ByteRange, otherwise: ByteText?)
  case defaultValue(ByteText)
  /// The `from` of these.
  case empty(ByteRange)
  case prefix(ByteText)
  case suffix(ByteText)
  case slice(start: Int32, length: Int32?)
  case identityNumber
}
