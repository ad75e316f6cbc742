/// The longest pause that is sat out where the API asks for one. Within the hour that a key's window leaves (rule 4), so that
/// what waits so long keeps its key.
package enum LongestPause {
  package static let milliseconds: Int64 = 2_700_000
}
