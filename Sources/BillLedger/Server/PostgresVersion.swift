#if Postgres
  import CPostgres
#endif

/// The libpq that this process runs with.
package enum PostgresVersion {
  /// `nil` in a build without the trait Postgres.
  package static var text: String? {
    #if Postgres
      let number = PQlibVersion()
      return "\(number / 10_000).\(number % 10_000)"
    #else
      return nil
    #endif
  }
}
