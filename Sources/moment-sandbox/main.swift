#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

exit(SandboxCommand.run(Array(CommandLine.arguments.dropFirst())))
