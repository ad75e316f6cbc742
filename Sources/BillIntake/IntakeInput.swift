package import Tabular

/// What is read: something that can be read a second time, if need be through a copy.
package enum IntakeInput: Hashable, Sendable {
  /// A regular file by its path.
  case file(path: String)
  /// A regular file that is still being written by another thread.
  case arriving(ArrivingFile)
  /// A regular file that is read through a filter, in each pass anew: what comes out of it is nowhere kept on disk.
  case filtered(path: String, FileFilter)
  /// Standard input, from where it stands; its bytes are kept in a temporary file for the second reading.
  case standardInput
  /// Bytes in memory, under a name for messages.
  case memory([UInt8], name: String)
}
