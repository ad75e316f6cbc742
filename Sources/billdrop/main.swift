#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

SecretVariables.hide()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
