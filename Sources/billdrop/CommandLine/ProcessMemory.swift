import CProcess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What others can see of this process's memory, which holds keys, and rows with the names of payers.
enum ProcessMemory {
  /// From here on no core file is written, and on Linux nobody but root can look into this process.
  static func close() {
    var none = rlimit()
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    #else
      setrlimit(RLIMIT_CORE, &none)
    #endif
    close_process_memory()
  }
}
