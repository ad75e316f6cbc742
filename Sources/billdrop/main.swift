#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

ProcessMemory.close()
SecretVariables.hide()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
